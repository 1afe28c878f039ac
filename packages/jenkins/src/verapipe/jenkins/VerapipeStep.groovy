package verapipe.jenkins

/**
 * The sequence of every step: read the call, find the command line, run it with the credentials, publish, decide.
 *
 * Values reach the command line in the environment. What is thrown at an abort is never held back.
 */
class VerapipeStep implements Serializable {

    private static final long serialVersionUID = 1

    /** Of results, where neither the call nor VERAPIPE_OUTPUT_DIR names a folder. */
    static final String OUTPUT_DIR = 'veracode'

    private final Object steps

    /** @param steps - the script of the step: whose methods are the steps of Jenkins */
    VerapipeStep(Object steps) {
        this.steps = steps
    }

    /**
     * @return exitCode, result, outputDir; of a scan also verdict, scanId, applicationId, sandboxId,
     *   url, and reports: paths by format. What is not known is null
     * @throws hudson.AbortException where the exit code means FAILURE
     */
    Map<String, Object> run(String command, Map<String, Object> args) {
        StepCall call = new StepCall(command, args, steps.env.VERAPIPE_OUTPUT_DIR ?: OUTPUT_DIR)
        if (call.faults) {
            steps.error(call.faultText())
        }
        for (String notice : call.notices) {
            steps.echo("verapipe: ${notice}")
        }
        Map<String, Object> outcome = [:]
        onCli(call) { outcome = perform(call) }
        end(call, outcome)
        return outcome
    }

    private Map<String, Object> perform(StepCall call) {
        if (call.isScan()) {
            nameAfterFirstRun(call)
            // Whatever an earlier build left here is not taken for this one's.
            steps.writeFile(file: call.variablesFile(), text: '')
        }
        int exitCode = 0
        steps.withEnv(OptionVariables.entries(call.variables) + call.cli.environment()) {
            checkVersion(call)
            withKey(call) { exitCode = runToItsEnd(call) }
        }
        Map<String, Object> results = call.isScan() ? resultsOf(call, exitCode) : [:]
        return [exitCode: exitCode, result: Ending.resultOf(exitCode, call), outputDir: call.outputDir] + results
    }

    /** Publishes the results of a scan, and tells them in few words. */
    private Map<String, Object> resultsOf(StepCall call, int exitCode) {
        Map<String, String> results = ResultVariables.read(steps.readFile(file: call.variablesFile()))
        boolean hasResults = results.VERDICT != null
        Map<String, String> files = hasResults ? filesOf(call) : [:]
        if (hasResults) {
            new Publishing(steps, call, files).publish()
        } else if (exitCode == Ending.DONE && call.variables.VERAPIPE_PLAN != 'true') {
            steps.error("verapipe ${call.command} ended with 0, and there are no results in ${call.outputDir}: " +
                'not taken for a pass.')
        }
        return [
            verdict: results.VERDICT, scanId: results.SCAN_ID, applicationId: results.APPLICATION_ID,
            sandboxId: results.SANDBOX_ID, url: results.SCAN_URL, reports: files,
        ]
    }

    /** A run that came to no results leaves out some. */
    private Map<String, String> filesOf(StepCall call) {
        Map<String, String> written = [:]
        Map<String, String> files = call.files()
        for (String name : files.keySet() as List) {
            if (steps.fileExists(files[name])) {
                written[name] = files[name]
            }
        }
        return written
    }

    private void onCli(StepCall call, Closure body) {
        if (call.cli.kind != 'image') {
            body()
            return
        }
        Object docker = null
        try {
            docker = steps.docker
        } catch (MissingPropertyException missing) {
            steps.error('cli: [image: …] needs the plugin "Docker Pipeline", which is missing.')
        }
        docker.image(call.cli.value).inside(call.cli.imageArguments, body)
    }

    /** A build that was restarted from a stage looks for the scan of the build that it goes on with. */
    private void nameAfterFirstRun(StepCall call) {
        String first = call.command == 'scan' && !call.variables.VERAPIPE_SCAN_NAME && !steps.env.VERAPIPE_SCAN_NAME ?
            RestartedRun.firstNumber(steps.currentBuild) : null
        if (first != null) {
            steps.echo("verapipe: this build goes on with build ${first}; so its scan is looked for first.")
            call.variables.VERAPIPE_SCAN_NAME = "{ci} {pipeline} ${first}{suffix}".toString()
        }
    }

    private void checkVersion(StepCall call) {
        String shell = shellOf(call)
        String line = ShellLine.asking(shell, "${call.cli.program()} --version")
        String output = steps."${shell}"(label: 'verapipe --version', returnStdout: true, script: line)
        String version = Version.printed(output)
        if (version == null) {
            steps.error("verapipe --version told no version: ${call.cli.advice()}.")
        }
        steps.echo("verapipe ${version} (${call.cli.kind}); this library is ${OptionTable.VERSION}")
        if (call.cli.kind == 'npx' && version != call.cli.value) {
            steps.error("npx started verapipe ${version}, not ${call.cli.value}: another one stands in its way, " +
                'in node_modules of the workspace for instance.')
        }
        if (!Version.isGoodFor(OptionTable.VERSION, version)) {
            steps.error("verapipe ${version} does not fit this library, which is ${OptionTable.VERSION}: " +
                'take the same version of both, or a newer verapipe of the same major version.')
        }
    }

    /** Runs with the key in the environment, and only that. */
    @SuppressWarnings('CatchException')
    private void withKey(StepCall call, Closure body) {
        List<Object> bindings = bindingsOf(call)
        if (!bindings) {
            body()
            return
        }
        boolean isBound = false
        try {
            steps.withCredentials(bindings) {
                isBound = true
                body()
            }
        } catch (Exception refused) {
            // No such credential in this folder, as in builds of forks: that is what `missingCredentials: 'skip'` is for.
            String whenMissing = call.variables.VERAPIPE_MISSING_CREDENTIALS ?: steps.env.VERAPIPE_MISSING_CREDENTIALS
            boolean isMissing = "${refused.message}".contains('Could not find credentials')
            if (isBound || !isMissing || whenMissing != 'skip') {
                throw refused
            }
            steps.echo("verapipe: ${refused.message}")
            body()
        }
    }

    private List<Object> bindingsOf(StepCall call) {
        if (call.credentials != null) {
            return [
                steps.string(credentialsId: call.credentials.id, variable: 'VERACODE_API_KEY_ID'),
                steps.string(credentialsId: call.credentials.key, variable: 'VERACODE_API_KEY_SECRET'),
            ]
        }
        return call.credentialsId == null ? [] : [
            steps.usernamePassword(
                credentialsId: call.credentialsId,
                usernameVariable: 'VERACODE_API_KEY_ID', passwordVariable: 'VERACODE_API_KEY_SECRET',
            ),
        ]
    }

    /** Each call waits for its own `timeout`. Where it is to wait on, the step `timeout` around it sets the end. */
    private int runToItsEnd(StepCall call) {
        int exitCode = runCommand(call, call.command)
        while (exitCode == Ending.UNFINISHED && call.onUnfinished == 'WAIT') {
            exitCode = runCommand(call, 'wait')
        }
        return exitCode
    }

    private int runCommand(StepCall call, String command) {
        String shell = shellOf(call)
        String line = ShellLine.running(shell, "${call.cli.program()} ${command}")
        return steps."${shell}"(label: "verapipe ${command}".toString(), returnStatus: true, script: line)
    }

    private String shellOf(StepCall call) {
        return steps.isUnix() ? 'sh' : call.shell
    }

    private void end(StepCall call, Map<String, Object> outcome) {
        String sentence = Ending.sentence(outcome.exitCode, call, outcome.url)
        switch (outcome.result) {
            case 'SUCCESS':
                return
            case 'UNSTABLE':
                steps.unstable(sentence)
                return
            case 'NOT_BUILT':
            case 'STAGE_NOT_BUILT':
                String buildResult = outcome.result == 'NOT_BUILT' ? 'NOT_BUILT' : 'SUCCESS'
                steps.catchError(buildResult: buildResult, stageResult: 'NOT_BUILT', message: sentence) {
                    steps.error('Nothing was scanned, and nothing was proven.')
                }
                return
            default:
                steps.error(sentence)
        }
    }

}
