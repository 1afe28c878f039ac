package verapipe.jenkins

import com.cloudbees.groovy.cps.NonCPS

/** Versions of the command line. Pure. */
class Version implements Serializable {

    private static final long serialVersionUID = 1

    private static final String EXACT = '\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?'

    @NonCPS
    static boolean isExact(String text) {
        return text ==~ EXACT
    }

    /** The version in what `verapipe --version` printed: its last line; null where there is none. */
    @NonCPS
    static String printed(String output) {
        List<String> lines = output.readLines()*.trim() - ['']
        return lines && isExact(lines.last()) ? lines.last() : null
    }

    /** True when a command line of this version takes what the library of that version hands on. */
    @NonCPS
    static boolean isGoodFor(String library, String version) {
        List<Integer> wanted = numbers(library)
        List<Integer> got = numbers(version)
        boolean isOlder = got[1] < wanted[1] || (got[1] == wanted[1] && got[2] < wanted[2])
        return got[0] == wanted[0] && !isOlder
    }

    @NonCPS
    private static List<Integer> numbers(String version) {
        return version.replaceAll('-.*', '').split('[.]')*.toInteger()
    }

}
