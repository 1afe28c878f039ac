import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.customizers.ImportCustomizer
import stand.Build
import stand.PipelineScript

// Runs builds that a file describes, one after the other, and prints one JSON line for each: groovy run.groovy VARS BUILDS
CompilerConfiguration configuration = new CompilerConfiguration(scriptBaseClass: PipelineScript.name)
configuration.addCompilationCustomizers(new ImportCustomizer().addImports('stand.Library'))
GroovyShell shell = new GroovyShell(this.class.classLoader, new Binding(), configuration)

Map<String, Class> vars = [:]
new File(args[0]).eachFileMatch(~/.*\.groovy/) { file -> vars[file.name - '.groovy'] = shell.classLoader.parseClass(file) }

new File(args[1]).eachLine('UTF-8') { line ->
    Map<String, Object> given = new JsonSlurper().parseText(line)
    Build build = new Build(given, vars)
    build.run(shell.parse(given.script, 'Jenkinsfile'))
    println(JsonOutput.toJson(build.toMap()))
}
