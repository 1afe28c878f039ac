import verapipe.jenkins.VerapipeStep

/** `verapipe pipeline-scan`: minutes, and no trace on the platform. */
Map call(Map args = [:]) {
    return new VerapipeStep(this).run('pipeline-scan', args)
}
