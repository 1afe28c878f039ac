import verapipe.jenkins.VerapipeStep

/** `verapipe scan`: a policy or sandbox scan, judged. */
Map call(Map args = [:]) {
    return new VerapipeStep(this).run('scan', args)
}
