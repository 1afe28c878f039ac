package stand

/** `@Library('name@version') _`, which Jenkins knows in every Jenkinsfile. */
@interface Library {

    String value()

}
