package verapipe.jenkins

import com.cloudbees.groovy.cps.NonCPS

/** What an exit code makes of a build. Pure. */
class Ending implements Serializable {

    private static final long serialVersionUID = 1

    static final int DONE = 0
    static final int GATE_FAILED = 1
    static final int UNFINISHED = 7
    static final int SKIPPED = 8

    /** SUCCESS, UNSTABLE, FAILURE, or NOT_BUILT and STAGE_NOT_BUILT for a run that was skipped. */
    @NonCPS
    static String resultOf(int exitCode, StepCall call) {
        switch (exitCode) {
            case DONE:
                return 'SUCCESS'
            case GATE_FAILED:
                return call.onFail
            case UNFINISHED:
                return call.onUnfinished
            case SKIPPED:
                return call.onSkipped
            default:
                return 'FAILURE'
        }
    }

    /** @param url - of the scan on the platform; null where there is none */
    @NonCPS
    static String sentence(int exitCode, StepCall call, String url) {
        String meaning = OptionTable.EXIT_CODES[exitCode] ?: 'no exit code of verapipe: it was not found, or it was killed'
        return "verapipe ${call.command} ended with ${exitCode}: ${meaning}.${url ? ' ' + url : ''}".toString()
    }

}
