package stand

import java.util.regex.Matcher

/** The environment of a build, with what its enclosing blocks have put on top. */
class EnvironmentStack {

    private final List<Map<String, String>> layers

    EnvironmentStack(Map<String, String> base) {
        layers = [new LinkedHashMap<String, String>(base)]
    }

    Map<String, String> current() {
        return layers.last()
    }

    /** `env.NAME = value` of a script. */
    void set(String name, Object value) {
        layers.each { it[name] = value.toString() }
    }

    Object with(Map<String, String> more, Closure body) {
        layers << (current() + more).findAll { it.value != '' }
        try {
            return body()
        } finally {
            layers.pop()
        }
    }

    /** As `withEnv` reads its entries: `NAME+ANY=x` goes before, and variables in values are replaced. */
    Map<String, String> entries(List<String> overrides) {
        Map<String, String> read = [:]
        overrides.each { entry ->
            int at = entry.indexOf('=')
            if (at < 1) {
                throw new IllegalArgumentException("withEnv: ${entry} is no NAME=value")
            }
            String name = entry.substring(0, at)
            String value = expand(entry.substring(at + 1))
            if (name.contains('+')) {
                String variable = name.substring(0, name.indexOf('+'))
                String before = read[variable] ?: current()[variable]
                read[variable] = before ? value + File.pathSeparator + before : value
            } else {
                read[name] = value
            }
        }
        return read
    }

    /** @see hudson.Util#replaceMacro: `$NAME`, `${NAME}` where there is such a variable, and `$$` for a dollar */
    private String expand(String text) {
        Matcher found = text =~ /\$([A-Za-z0-9_]+|\{[A-Za-z0-9_.]+\}|\$)/
        StringBuffer expanded = new StringBuffer()
        while (found.find()) {
            String key = found.group(1)
            String value = key == '$' ? '$' : current()[key.replaceAll('[{}]', '')]
            found.appendReplacement(expanded, Matcher.quoteReplacement(value == null ? found.group() : value))
        }
        found.appendTail(expanded)
        return expanded
    }

}
