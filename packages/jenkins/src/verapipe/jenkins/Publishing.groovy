package verapipe.jenkins

/**
 * Shows what a scan left on the pages of Jenkins. The exit code decides, so that none of these steps may. Those of plugins
 * that are missing are left out, with a hint.
 */
class Publishing implements Serializable {

    private static final long serialVersionUID = 1

    private final Object steps
    private final StepCall call
    private final Map<String, String> files

    /** @param files - those that the run left, by their names in {@link StepCall#files} */
    Publishing(Object steps, StepCall call, Map<String, String> files) {
        this.steps = steps
        this.call = call
        this.files = files
    }

    void publish() {
        show('issues', files.sarif ?: files.pipelineResults, 'Warnings Next Generation') {
            steps.recordIssues(tools: [issuesTool()], enabledForFailure: true)
        }
        show('junit', files.junit, 'JUnit') {
            steps.junit(testResults: files.junit, allowEmptyResults: true, skipMarkingBuildUnstable: true)
        }
        show('html', files['html-static'], 'HTML Publisher') {
            steps.publishHTML(target: [
                reportDir: "${call.outputDir}/html".toString(), reportFiles: 'index.html', reportName: title(),
                keepAll: true, alwaysLinkToLastBuild: true, allowMissing: true,
            ])
        }
        if (call.publish.contains('archive')) {
            steps.archiveArtifacts(artifacts: "${call.outputDir}/**".toString(), allowEmptyArchive: true)
        }
    }

    /** Two scans of one build need two ids: each is made from its folder. */
    private Object issuesTool() {
        String id = call.outputDir.toLowerCase().replaceAll('[^a-z0-9]+', '-')
        return files.sarif ?
            steps.sarif(pattern: files.sarif, id: id, name: title()) :
            steps.veracodePipelineScanner(pattern: files.pipelineResults, id: id, name: title())
    }

    private String title() {
        return call.outputDir == VerapipeStep.OUTPUT_DIR ? 'Veracode' : "Veracode (${call.outputDir})".toString()
    }

    /** Jenkins throws this error for a step, or a symbol in its arguments, that no plugin has. */
    private void show(String what, String file, String plugin, Closure body) {
        if (file == null || !call.publish.contains(what)) {
            return
        }
        try {
            body()
        } catch (NoSuchMethodError missing) {
            if (!missing.message.startsWith('No such DSL method')) {
                throw missing
            }
            steps.echo("verapipe: publish: '${what}' was left out, because the plugin \"${plugin}\" is missing or too old. " +
                "The file is ${file}; install the plugin, or name what to publish: publish: [...].")
        }
    }

}
