package stand

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/** One build of a Jenkinsfile: its environment, what its steps did, and how it ended. */
class Build {

    static final List<String> RESULTS = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED']

    final EnvironmentStack environment
    final Map<String, Object> given
    File folder
    String result = 'SUCCESS'
    /** Results by stage, in their order. */
    final Map<String, String> stages = [:]
    /** Calls of steps: name, and arguments by name. */
    final List<Map> calls = []
    /** Exit codes of processes that an abort ended. */
    final List<Integer> endedByAbort = []
    /** What a step of the library returned. */
    final List<Object> returned = []
    private final StringBuffer output = new StringBuffer()
    private final Map<String, PipelineScript> vars
    private final Steps steps
    private final List<String> openStages = []

    /** @param given - name, script, workspace, environment, credentials, missing, windows, abortAt, causes, previous, params */
    Build(Map<String, Object> given, Map<String, Class> vars) {
        this.given = given
        this.folder = new File(given.workspace)
        this.environment = new EnvironmentStack(given.environment)
        this.steps = new Steps(this)
        this.vars = vars.collectEntries { name, type -> [name, belonging(type.newInstance())] }
    }

    /** Runs the whole Jenkinsfile. */
    void run(PipelineScript script) {
        belonging(script)
        try {
            script.run()
        } catch (FlowInterruptedException interrupted) {
            worsen('ABORTED')
        } catch (Throwable failure) {
            log("ERROR: ${failure instanceof hudson.AbortException ? failure.message : failure}")
            worsen('FAILURE')
        }
    }

    /** By its setter: a property of a script would be a variable of its binding. */
    private PipelineScript belonging(PipelineScript script) {
        script.setBuild(this)
        return script
    }

    Object call(String name, List args) {
        if (vars.containsKey(name)) {
            Object value = vars[name].call(*args)
            returned << value
            return value
        }
        return steps.call(name, args)
    }

    Object variable(String name) {
        switch (name) {
            case 'env':
                return new EnvironmentView(environment)
            case 'params':
                return given.params ?: [:]
            case 'currentBuild':
                return new BuildView(given, 0)
            case 'scm':
                return 'the repository'
            case 'docker':
                if (!given.missing.contains('docker')) {
                    return new Docker(this)
                }
        }
        String value = environment.current()[name]
        if (value == null) {
            throw new MissingPropertyException(name, PipelineScript)
        }
        return value
    }

    void stage(String name, Closure body) {
        stages[name] = stages[name] ?: 'SUCCESS'
        openStages << name
        try {
            environment.with([STAGE_NAME: name], body)
        } catch (Throwable failure) {
            stages[name] = failure instanceof FlowInterruptedException ? 'ABORTED' : 'FAILURE'
            throw failure
        } finally {
            openStages.pop()
        }
    }

    /** A result only ever gets worse. */
    void worsen(String buildResult, String stageResult = null) {
        result = RESULTS[Math.max(RESULTS.indexOf(result), RESULTS.indexOf(buildResult))]
        if (stageResult != null && openStages) {
            stages[openStages.last()] = stageResult
        }
    }

    void log(Object line) {
        output << line << '\n'
    }

    Map<String, Object> toMap() {
        return [name: given.name, result: result, stages: stages, calls: calls, returned: returned, log: output.toString(), endedByAbort: endedByAbort]
    }

}

/** `env`. */
class EnvironmentView {

    private final EnvironmentStack environment

    EnvironmentView(EnvironmentStack environment) {
        this.environment = environment
    }

    Object propertyMissing(String name) {
        return environment.current()[name]
    }

    void propertyMissing(String name, Object value) {
        environment.set(name, value)
    }

}

/** `currentBuild` and the builds before it. */
class BuildView {

    private final Map<String, Object> given
    private final int back

    BuildView(Map<String, Object> given, int back) {
        this.given = given
        this.back = back
    }

    int getNumber() {
        return given.environment.BUILD_NUMBER.toInteger() - back
    }

    List getBuildCauses(String type) {
        return ((given.causes ?: [:])[number.toString()] ?: []).findAll { it._class == type }
    }

    BuildView getPreviousBuild() {
        return number > 1 ? new BuildView(given, back + 1) : null
    }

}

/** The variable of the plugin "Docker Pipeline"; what runs inside runs here. */
class Docker {

    private final Build build

    Docker(Build build) {
        this.build = build
    }

    Object image(String name) {
        return [inside: { String args = '', Closure body ->
            build.calls << [step: 'docker.inside', image: name, args: args]
            body()
        }]
    }

}
