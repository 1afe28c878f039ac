package verapipe.jenkins

import com.cloudbees.groovy.cps.NonCPS
import groovy.json.JsonOutput

/**
 * Options of the command line as environment variables: the one way on which no shell reads a value. Pure.
 */
class OptionVariables implements Serializable {

    private static final long serialVersionUID = 1

    /** What was read: texts by variable, and notices about names of other tools. */
    final Map<String, String> texts = [:]
    final List<String> notices = []
    final List<String> faults = []

    /**
     * Reads parameters of a step. A value that is null counts as absent, as variables of Jenkins that are not set do.
     *
     * @param own - parameters that are the library's, for the nearest name
     */
    OptionVariables(String command, Map<String, Object> parameters, List<String> own) {
        List<String> known = OptionTable.COMMANDS[command]
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            String option = known.contains(parameter.key) ? parameter.key : OptionTable.OLD_NAMES[plain(parameter.key)]
            if (!known.contains(option)) {
                String near = NearestName.of(parameter.key, known + own)
                faults << "${parameter.key}: no parameter of this step${near ? "; perhaps ${near}" : ''}".toString()
            } else if (parameter.value != null) {
                take(option, parameter.key, parameter.value)
            }
        }
    }

    /** As entries of `withEnv`, which replaces `$NAME` in values and takes `$$` for a dollar. */
    @NonCPS
    static List<String> entries(Map<String, String> texts) {
        List<String> entries = []
        for (Map.Entry<String, String> variable : texts.entrySet()) {
            entries << variable.key + '=' + variable.value.replace('$', '$$')
        }
        return entries
    }

    @NonCPS
    private static String plain(String name) {
        return name.replaceAll('[^A-Za-z0-9]', '').toLowerCase()
    }

    @NonCPS
    private void take(String option, String writtenAs, Object value) {
        String variable = OptionTable.VARIABLES[option]
        boolean isList = OptionTable.LISTS.contains(option)
        boolean isOld = writtenAs != option
        if (isOld) {
            notices << "\"${writtenAs}\" is called \"${option}\" here.".toString()
        }
        Collection<Object> items = value instanceof Collection ? (Collection) value : [value]
        boolean isText = true
        for (Object item : items) {
            isText = isText && (item instanceof CharSequence || item instanceof Number || item instanceof Boolean) &&
                item.toString().indexOf(0) < 0
        }
        if (texts.containsKey(variable)) {
            faults << "${writtenAs}: given twice, under two names".toString()
        } else if (!isText) {
            faults << "${writtenAs}: wanted a text${isList ? ' or a list of texts' : ''}".toString()
        } else if (!isList && value instanceof Collection) {
            faults << "${writtenAs}: takes one value, got a list".toString()
        } else {
            // Other tools have several patterns in one text, between commas. Ours is one item, whatever stands in it: a list
            // is JSON, so that commas and line ends stay inside of their items.
            boolean isOldText = isOld && !(value instanceof Collection)
            texts[variable] = isList && !isOldText ? JsonOutput.toJson(items*.toString()) : value.toString()
        }
    }

}
