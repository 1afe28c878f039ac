package hudson

/** What `error` throws: a failure whose message is meant for people. */
class AbortException extends IOException {

    AbortException(String message) {
        super(message)
    }

}
