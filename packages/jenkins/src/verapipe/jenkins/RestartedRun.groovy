package verapipe.jenkins

/**
 * Which build a build that was restarted from one of its stages goes on with: the first one, when it was restarted again
 * and again. Its scan has the number of that build in its name.
 */
class RestartedRun implements Serializable {

    private static final long serialVersionUID = 1

    private static final String CAUSE = 'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause'

    /** Number of the first build; null where this build is none that was restarted. */
    static String firstNumber(Object currentBuild) {
        String first = null
        Object build = currentBuild
        while (build != null) {
            String origin = originOf(build)
            if (origin == null) {
                return first
            }
            first = origin
            build = earlier(build, origin)
        }
        return first
    }

    private static String originOf(Object build) {
        List causes = build.getBuildCauses(CAUSE)
        if (!causes) {
            return null
        }
        // Older versions of the plugin tell the number in their sentence only: "Restarted from build #12, stage Scan".
        String text = causes[0].originRunNumber ?: causes[0].shortDescription
        String digits = text.replaceAll('^\\D*(\\d+).*$', '$1')
        return digits.isInteger() ? digits : null
    }

    private static Object earlier(Object build, String number) {
        Object candidate = build.previousBuild
        while (candidate != null && candidate.number.toString() != number) {
            candidate = candidate.previousBuild
        }
        return candidate
    }

}
