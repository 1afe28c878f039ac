package stand

/** A Jenkinsfile, or a script in `vars`: what it does not know itself are steps and variables of Jenkins. */
abstract class PipelineScript extends Script {

    Build build

    Object methodMissing(String name, Object args) {
        return build.call(name, args as List)
    }

    Object propertyMissing(String name) {
        return build.variable(name)
    }

}
