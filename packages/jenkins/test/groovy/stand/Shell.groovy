package stand

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/** Runs what `sh` is given, as a real process with the environment of the build and nothing else. */
class Shell {

    /** Text of the log at which the build is aborted; null: it is not. */
    String abortAt
    private final Build build

    Shell(Build build) {
        this.build = build
    }

    Object run(Map named) {
        File script = File.createTempFile('script', '.sh')
        script.setText(named.script, 'UTF-8')
        Map<String, String> environment = build.environment.current()
        ProcessBuilder builder = new ProcessBuilder('sh', '-xe', script.path).directory(build.folder)
        builder.environment().clear()
        builder.environment().putAll(environment)
        Process process = builder.start()
        process.outputStream.close()
        StringBuffer stdout = new StringBuffer()
        boolean isAborted = false
        List<Thread> readers = [process.inputStream, process.errorStream].collect { stream ->
            Thread.start {
                stream.eachLine('UTF-8') { String line ->
                    if (named.returnStdout && stream.is(process.inputStream)) {
                        stdout << line << '\n'
                    } else {
                        build.log(line)
                    }
                    if (abortAt != null && !isAborted && line.contains(abortAt)) {
                        isAborted = true
                        stop(process)
                    }
                }
            }
        }
        int exitCode = process.waitFor()
        readers*.join()
        script.delete()
        if (isAborted) {
            build.endedByAbort << exitCode
            throw new FlowInterruptedException()
        }
        if (exitCode != 0 && !named.returnStatus) {
            throw new hudson.AbortException("script returned exit code ${exitCode}")
        }
        return named.returnStatus ? exitCode : named.returnStdout ? stdout.toString() : null
    }

    /** "Sending interrupt signal to process": every process of the step gets SIGTERM, and none gets more than that. */
    private void stop(Process process) {
        build.log('Sending interrupt signal to process')
        List<ProcessHandle> all = process.toHandle().descendants().iterator().toList()
        // The shell waits for its program, as the launcher of Jenkins does; so the exit code is that of the program.
        (all ?: [process.toHandle()])*.destroy()
    }

}
