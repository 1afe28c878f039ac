package verapipe.jenkins

/**
 * Shows what a scan left on the pages of Jenkins. The exit code decides, so that none of these steps may. Those of plugins
 * that are missing are left out, with a hint.
 */
class Publishing implements Serializable {

    private static final long serialVersionUID = 1

    private final Object steps
    private final StepCall call

    Publishing(Object steps, StepCall call) {
        this.steps = steps
        this.call = call
    }

    void publish() {
        String issues = call.command == 'scan' ? call.reports.sarif : "${call.outputDir}/results.json".toString()
        show('issues', issues, 'Warnings Next Generation') {
            steps.recordIssues(tools: [issuesTool(issues)], enabledForFailure: true)
        }
        show('junit', call.reports.junit, 'JUnit') {
            steps.junit(testResults: call.reports.junit, allowEmptyResults: true, skipMarkingBuildUnstable: true)
        }
        show('html', call.reports['html-static'], 'HTML Publisher') {
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
    private Object issuesTool(String file) {
        String id = call.outputDir.toLowerCase().replaceAll('[^a-z0-9]+', '-')
        return call.command == 'scan' ?
            steps.sarif(pattern: file, id: id, name: title()) :
            steps.veracodePipelineScanner(pattern: file, id: id, name: title())
    }

    private String title() {
        return call.outputDir == VerapipeStep.OUTPUT_DIR ? 'Veracode' : "Veracode (${call.outputDir})".toString()
    }

    /**
     * A run that came to no results leaves out some files. Jenkins throws this error for a step, or a symbol in its
     * arguments, that no plugin has.
     */
    private void show(String what, String file, String plugin, Closure body) {
        if (!call.publish.contains(what) || !steps.fileExists(file)) {
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
