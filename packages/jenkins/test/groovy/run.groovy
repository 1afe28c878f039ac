import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.customizers.ImportCustomizer
import stand.Build
import stand.PipelineScript

// Runs builds that a file describes, and prints one JSON line for each: groovy run.groovy VARS BUILDS. Each line of the
// file is an array of builds that follow one another; the lines run side by side, because builds mostly wait.
CompilerConfiguration configuration = new CompilerConfiguration(scriptBaseClass: PipelineScript.name)
configuration.addCompilationCustomizers(new ImportCustomizer().addImports('stand.Library'))
GroovyShell shell = new GroovyShell(this.class.classLoader, new Binding(), configuration)

Map<String, Class> vars = [:]
new File(args[0]).eachFileMatch(~/.*\.groovy/) { file -> vars[file.name - '.groovy'] = shell.classLoader.parseClass(file) }

def lanes = Executors.newFixedThreadPool(4)
new File(args[1]).eachLine('UTF-8') { line ->
    List<Map<String, Object>> builds = new JsonSlurper().parseText(line)
    List<PipelineScript> scripts = builds.collect { shell.parse(it.script, "Jenkinsfile${it.name}.groovy") }
    lanes.submit {
        [builds, scripts].transpose().each { Map<String, Object> given, PipelineScript script ->
            Build build = new Build(given, vars)
            build.run(script)
            println(JsonOutput.toJson(build.toMap()))
        }
    }
}
lanes.shutdown()
lanes.awaitTermination(1, TimeUnit.HOURS)
