import verapipe.jenkins.VerapipeStep

/** `verapipe gate`: results of a scan judged again. */
Map call(Map args = [:]) {
    return new VerapipeStep(this).run('gate', args)
}
