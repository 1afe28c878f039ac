package org.jenkinsci.plugins.workflow.steps

/** What a step throws when the build was aborted, or a `timeout` around it is over. */
class FlowInterruptedException extends Exception {

    FlowInterruptedException() {
        super('')
    }

}
