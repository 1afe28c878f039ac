package stand

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/** The steps of Jenkins and of its plugins that pipelines of ours use. An argument that a step does not take is an error. */
class Steps {

    /** Arguments by step; the first one may be given without its name. @see jenkins.io "Pipeline Steps Reference" */
    private static final Map<String, List<String>> SIGNATURES = [
        sh: ['script', 'returnStatus', 'returnStdout', 'label', 'encoding'],
        bat: ['script', 'returnStatus', 'returnStdout', 'label', 'encoding'],
        powershell: ['script', 'returnStatus', 'returnStdout', 'label', 'encoding'],
        pwsh: ['script', 'returnStatus', 'returnStdout', 'label', 'encoding'],
        isUnix: [],
        echo: ['message'],
        error: ['message'],
        unstable: ['message'],
        catchError: ['message', 'buildResult', 'stageResult', 'catchInterruptions'],
        timeout: ['time', 'unit', 'activity'],
        retry: ['count'],
        node: ['label'],
        stage: ['name'],
        pipeline: [],
        script: [],
        checkout: ['scm'],
        dir: ['path'],
        withEnv: ['overrides'],
        withCredentials: ['bindings'],
        usernamePassword: ['credentialsId', 'usernameVariable', 'passwordVariable'],
        string: ['credentialsId', 'variable'],
        readFile: ['file', 'encoding'],
        writeFile: ['file', 'text', 'encoding'],
        fileExists: ['file'],
        archiveArtifacts: ['artifacts', 'allowEmptyArchive', 'fingerprint', 'excludes'],
        recordIssues: ['tools', 'enabledForFailure', 'qualityGates'],
        veracodePipelineScanner: ['pattern', 'id', 'name'],
        sarif: ['pattern', 'id', 'name'],
        junit: ['testResults', 'allowEmptyResults', 'skipMarkingBuildUnstable', 'skipPublishingChecks'],
        publishHTML: ['target'],
    ]

    private static final List<String> HTML_TARGET = ['reportDir', 'reportFiles', 'reportName', 'keepAll', 'alwaysLinkToLastBuild', 'allowMissing']

    private final Build build
    private final Shell shell

    Steps(Build build) {
        this.build = build
        this.shell = new Shell(build)
    }

    Object call(String name, List args) {
        List<String> signature = SIGNATURES[name]
        if (signature == null || build.given.missing.contains(name)) {
            throw new NoSuchMethodError("No such DSL method '${name}' found among steps [${SIGNATURES.keySet().join(', ')}] or symbols [] or globals []")
        }
        Closure body = args && args.last() instanceof Closure ? args.last() : null
        List values = body == null ? args : args[0..<-1]
        Map named = values.isEmpty() ? [:] : values[0] instanceof Map ? values[0] : [(signature[0]): values[0]]
        Collection<String> unknown = named.keySet() - signature
        if (values.size() > 1 || unknown) {
            throw new IllegalArgumentException("${name}: unknown arguments ${unknown ?: values}")
        }
        build.calls << ([step: name] + named.collectEntries { key, value -> [key, value instanceof GString ? value.toString() : value] })
        return this."do${name.capitalize()}"(named, body)
    }

    private Object doSh(Map named, Closure body) {
        if (build.given.windows) {
            throw new IOException('Cannot run program "sh": CreateProcess error=2')
        }
        shell.abortAt = build.given.abortAt
        return shell.run(named)
    }

    /** The lines of Windows' shells are held to their form, and the command in them runs in ours. */
    private Object doBat(Map named, Closure body) {
        return onWindows(named, '@call ([^\\r\\n]+)\\r\\n@exit /b (%ERRORLEVEL%|0)', '0')
    }

    private Object doPowershell(Map named, Closure body) {
        return onWindows(named, '(?:\\$global:LASTEXITCODE = 127; )?([^;]+); exit (\\$LASTEXITCODE|0)', '0')
    }

    private Object doPwsh(Map named, Closure body) {
        return doPowershell(named, body)
    }

    private Object onWindows(Map named, String form, String always) {
        List<String> parts = (named.script =~ form).with { matches() ? [group(1), group(2)] : null }
        if (parts == null || !build.given.windows) {
            throw new IOException("not run: ${named.script}")
        }
        return shell.run(named + [script: parts[1] == always ? "${parts[0]} || true" : parts[0]])
    }

    private boolean doIsUnix(Map named, Closure body) {
        return !build.given.windows
    }

    private void doEcho(Map named, Closure body) {
        build.log(named.message)
    }

    private void doError(Map named, Closure body) {
        throw new hudson.AbortException(named.message.toString())
    }

    private void doUnstable(Map named, Closure body) {
        build.log("WARNING: ${named.message}")
        build.worsen('UNSTABLE', 'UNSTABLE')
    }

    private void doCatchError(Map named, Closure body) {
        try {
            body()
        } catch (Exception caught) {
            if (caught instanceof FlowInterruptedException && named.catchInterruptions == false) {
                throw caught
            }
            build.log(named.message)
            build.log("ERROR: ${caught.message}")
            build.worsen(named.buildResult ?: 'FAILURE', named.stageResult ?: 'SUCCESS')
        }
    }

    private Object doTimeout(Map named, Closure body) {
        return body()
    }

    private Object doRetry(Map named, Closure body) {
        for (int attempt = 1; ; attempt++) {
            try {
                return body()
            } catch (hudson.AbortException failure) {
                if (attempt == named.count) {
                    throw failure
                }
                build.log("ERROR: ${failure.message}\nRetrying")
            }
        }
    }

    private Object doNode(Map named, Closure body) {
        return body()
    }

    private void doStage(Map named, Closure body) {
        build.stage(named.name.toString(), body)
    }

    private void doPipeline(Map named, Closure body) {
        new Declarative(build).run(body)
    }

    private Object doScript(Map named, Closure body) {
        return body()
    }

    private Map doCheckout(Map named, Closure body) {
        return [GIT_COMMIT: build.environment.current().GIT_COMMIT]
    }

    private Object doDir(Map named, Closure body) {
        File before = build.folder
        build.folder = new File(before, named.path)
        build.folder.mkdirs()
        try {
            return body()
        } finally {
            build.folder = before
        }
    }

    private Object doWithEnv(Map named, Closure body) {
        return build.environment.with(build.environment.entries(named.overrides*.toString()), body)
    }

    private Object doWithCredentials(Map named, Closure body) {
        Map<String, String> bound = [:]
        named.bindings.each { binding ->
            Map secret = build.given.credentials[binding.credentialsId]
            if (secret == null) {
                throw new hudson.AbortException("Could not find credentials entry with ID '${binding.credentialsId}'")
            }
            if (binding.symbol == 'string') {
                bound[binding.variable] = secret.secret
            } else {
                bound[binding.usernameVariable] = secret.username
                bound[binding.passwordVariable] = secret.password
            }
        }
        return build.environment.with(bound, body)
    }

    private Map doUsernamePassword(Map named, Closure body) {
        return [symbol: 'usernamePassword'] + named
    }

    private Map doString(Map named, Closure body) {
        return [symbol: 'string'] + named
    }

    private String doReadFile(Map named, Closure body) {
        return new File(build.folder, named.file).getText('UTF-8')
    }

    private void doWriteFile(Map named, Closure body) {
        File file = new File(build.folder, named.file)
        file.parentFile.mkdirs()
        file.setText(named.text, 'UTF-8')
    }

    private boolean doFileExists(Map named, Closure body) {
        return new File(build.folder, named.file).exists()
    }

    private void doArchiveArtifacts(Map named, Closure body) {
        List<File> found = named.artifacts.split(', ').collect { new File(build.folder, it - '/**') }.findAll { it.exists() }
        build.log("Archiving ${found*.name.join(', ')}")
        if (!found && !named.allowEmptyArchive) {
            throw new hudson.AbortException("No artifacts found that match the file pattern \"${named.artifacts}\".")
        }
    }

    private void doRecordIssues(Map named, Closure body) {
        named.tools.each { mustExist(it.pattern) }
    }

    private Map doVeracodePipelineScanner(Map named, Closure body) {
        return [symbol: 'veracodePipelineScanner'] + named
    }

    private Map doSarif(Map named, Closure body) {
        return [symbol: 'sarif'] + named
    }

    private void doJunit(Map named, Closure body) {
        mustExist(named.testResults)
    }

    private void doPublishHTML(Map named, Closure body) {
        Collection<String> unknown = named.target.keySet() - HTML_TARGET
        if (unknown) {
            throw new IllegalArgumentException("publishHTML: unknown ${unknown}")
        }
        mustExist("${named.target.reportDir}/${named.target.reportFiles}")
    }

    /** The plugins only say so; here a report that was announced and is not there is an error. */
    private void mustExist(String path) {
        if (!new File(build.folder, path).exists()) {
            throw new FileNotFoundException(path)
        }
    }

}
