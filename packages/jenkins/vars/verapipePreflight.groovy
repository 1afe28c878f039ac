import verapipe.jenkins.VerapipeStep

/** `verapipe preflight`: what a scan would meet, before it is due. */
Map call(Map args = [:]) {
    return new VerapipeStep(this).run('preflight', args)
}
