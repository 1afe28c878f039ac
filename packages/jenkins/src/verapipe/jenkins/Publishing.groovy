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
        if (isWanted('issues')) {
            withPlugin('recordIssues', 'Warnings Next Generation') {
                steps.recordIssues(tools: [issuesTool()], enabledForFailure: true)
            }
        }
        if (isWanted('junit')) {
            withPlugin('junit', 'JUnit') {
                steps.junit(testResults: call.reports.junit, allowEmptyResults: true, skipMarkingBuildUnstable: true)
            }
        }
        if (isWanted('html')) {
            withPlugin('publishHTML', 'HTML Publisher') {
                steps.publishHTML(target: [
                    reportDir: "${call.outputDir}/html".toString(), reportFiles: 'index.html', reportName: title(),
                    keepAll: true, alwaysLinkToLastBuild: true, allowMissing: true,
                ])
            }
        }
        if (isWanted('archive')) {
            steps.archiveArtifacts(artifacts: "${call.outputDir}/**".toString(), allowEmptyArchive: true)
        }
    }

    /** Two scans of one build need two ids: each is made from its folder. */
    private Object issuesTool() {
        String id = call.outputDir.toLowerCase().replaceAll('[^a-z0-9]+', '-')
        if (call.command == 'pipeline-scan') {
            return steps.veracodePipelineScanner(pattern: "${call.outputDir}/results.json".toString(), id: id, name: title())
        }
        return steps.sarif(pattern: call.reports.sarif, id: id, name: title())
    }

    private String title() {
        return call.outputDir == VerapipeStep.OUTPUT_DIR ? 'Veracode' : "Veracode (${call.outputDir})".toString()
    }

    private boolean isWanted(String what) {
        return call.publish.contains(what)
    }

    /** Jenkins throws this error for a step, or a symbol in its arguments, that no plugin has. */
    private void withPlugin(String step, String plugin, Closure body) {
        try {
            body()
        } catch (NoSuchMethodError missing) {
            if (!missing.message.startsWith('No such DSL method')) {
                throw missing
            }
            steps.echo("verapipe: ${step} was left out, because the plugin \"${plugin}\" is missing or too old. " +
                "The files lie in ${call.outputDir}; install it, or name what to publish: publish: [...].")
        }
    }

}
