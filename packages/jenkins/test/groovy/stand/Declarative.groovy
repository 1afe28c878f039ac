package stand

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/**
 * Runs a declarative pipeline: stages in their order, `when`, `environment`, `matrix` and `post`. What stands in a section
 * that is not known here is an error, as it is for Jenkins.
 */
class Declarative {

    private final Build build

    Declarative(Build build) {
        this.build = build
    }

    void run(Closure body) {
        Section pipeline = read(body, ['agent', 'options', 'environment', 'parameters', 'triggers', 'tools', 'stages', 'post'])
        Closure all = { runStages(pipeline.sections.stages, [:]) }
        build.environment.with(environmentOf(pipeline)) { withPost(pipeline, all) }
    }

    private void runStages(Closure body, Map<String, String> cell) {
        List<List> stages = []
        Named names = new Named({ String name, Closure stage -> stages << [name, stage] })
        names.read(body, ['stage'])
        stages.each { stage -> runStage(stage[0] as String, stage[1] as Closure, cell) }
    }

    private void runStage(String name, Closure body, Map<String, String> cell) {
        Section stage = read(body, ['agent', 'when', 'options', 'environment', 'tools', 'steps', 'matrix', 'stages', 'post'])
        String shown = cell ? "${name} (${cell.collect { axis, value -> "${axis}=${value}" }.join(', ')})" : name
        if (stage.sections.when != null && !isDue(stage.sections.when)) {
            build.stages[shown] = 'skipped'
            return
        }
        if (stage.sections.matrix != null) {
            Section matrix = read(stage.sections.matrix, ['axes', 'stages', 'agent'])
            cellsOf(matrix.sections.axes).each { Map<String, String> values ->
                build.environment.with(values) { runStages(matrix.sections.stages, values) }
            }
            return
        }
        build.stage(shown) {
            // The name of a stage in a cell is that of the stage alone.
            build.environment.with(environmentOf(stage) + [STAGE_NAME: name]) {
                withPost(stage) { stage.sections.stages != null ? runStages(stage.sections.stages, cell) : Block.run(stage.sections.steps) }
            }
        }
    }

    private void withPost(Section section, Closure body) {
        Throwable failure = null
        try {
            body()
        } catch (Throwable thrown) {
            failure = thrown
            build.worsen(thrown instanceof FlowInterruptedException ? 'ABORTED' : 'FAILURE')
        }
        if (section.sections.post != null) {
            Section post = read(section.sections.post, ['always', 'success', 'unstable', 'failure', 'aborted', 'cleanup'])
            [post.sections.always, post.sections[build.result.toLowerCase()], post.sections.cleanup].findAll { it }.each { Block.run(it) }
        }
        if (failure != null) {
            throw failure
        }
    }

    private boolean isDue(Closure body) {
        Conditions conditions = new Conditions(build)
        Block.read(body, conditions)
        return conditions.isDue
    }

    private Map<String, String> environmentOf(Section section) {
        if (section.sections.environment == null) {
            return [:]
        }
        Assignments assignments = new Assignments()
        Closure body = section.sections.environment
        Block.read(body, assignments)
        return build.environment.entries(assignments.values.collect { name, value -> "${name}=${value}".toString() })
    }

    private List<Map<String, String>> cellsOf(Closure axes) {
        Map<String, List<String>> values = [:]
        new Named({ Closure axis ->
            Axis one = new Axis()
            Block.read(axis, one)
            values[one.axisName] = one.axisValues
        }).read(axes, ['axis'])
        return values.inject([[:]]) { cells, name, all -> cells.collectMany { cell -> all.collect { cell + [(name): it] } } }
    }

    private static Section read(Closure body, List<String> known) {
        Section section = new Section(known)
        Block.read(body, section)
        return section
    }

}

/** Blocks of a pipeline: those that describe, and those that do. */
class Block {

    /** Lets what describes it take the words of a block. */
    static void read(Closure body, Object taker) {
        Closure block = body.rehydrate(taker, body.thisObject, body.thisObject)
        block.resolveStrategy = Closure.DELEGATE_FIRST
        block()
    }

    /** Runs steps: all of their words are of the pipeline's script, and none of the blocks around them. */
    static Object run(Closure body) {
        return body.rehydrate(body.thisObject, body.thisObject, body.thisObject).call()
    }

}

/** Collects the sections of a block; `agent any` and its like have no body to run. */
class Section {

    final Map<String, Closure> sections = [:]
    private final List<String> known

    Section(List<String> known) {
        this.known = known
    }

    Object methodMissing(String name, Object args) {
        if (!known.contains(name)) {
            throw new IllegalStateException("\"${name}\" has no place here; known are ${known.join(', ')}")
        }
        if (args[0] instanceof Closure) {
            sections[name] = args[0]
        }
        return null
    }

    /** `agent any`, `agent none`. */
    Object getAny() {
        return 'any'
    }

    Object getNone() {
        return 'none'
    }

}

/** Collects blocks of one kind, such as the stages of `stages`. */
class Named {

    private final Closure found
    private List<String> known

    Named(Closure found) {
        this.found = found
    }

    void read(Closure body, List<String> names) {
        known = names
        Block.read(body, this)
    }

    Object methodMissing(String name, Object args) {
        if (!known.contains(name)) {
            throw new IllegalStateException("\"${name}\" has no place here; known are ${known.join(', ')}")
        }
        found(*args)
        return null
    }

}

/** The body of `axis`. */
class Axis {

    String axisName
    List<String> axisValues

    void name(String name) {
        axisName = name
    }

    void values(String... values) {
        axisValues = values as List
    }

}

/** The body of `environment`. */
class Assignments {

    final Map<String, Object> values = [:]

    void setProperty(String name, Object value) {
        values[name] = value
    }

}

/** The body of `when`: all of its conditions must hold. */
class Conditions {

    boolean isDue = true
    private final Build build

    Conditions(Build build) {
        this.build = build
    }

    void changeRequest() {
        isDue = isDue && build.environment.current().CHANGE_ID != null
    }

    void expression(Closure condition) {
        isDue = isDue && Block.run(condition)
    }

    void beforeAgent(boolean before) {
        // Where it is looked at changes nothing here.
    }

}
