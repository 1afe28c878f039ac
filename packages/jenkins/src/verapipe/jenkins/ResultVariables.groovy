package verapipe.jenkins

import com.cloudbees.groovy.cps.NonCPS

/** What a run left in its report of variables (format `dotenv`). Pure. */
class ResultVariables implements Serializable {

    private static final long serialVersionUID = 1

    private static final String PREFIX = 'VERACODE_RESULT_'

    /** `VERACODE_RESULT_SCAN_ID=17` as SCAN_ID: '17'; what is not known is not there. */
    @NonCPS
    static Map<String, String> read(String text) {
        Map<String, String> values = [:]
        for (String line : text.readLines()) {
            int at = line.indexOf('=')
            if (line.startsWith(PREFIX) && at > 0 && at < line.length() - 1) {
                values[line.substring(PREFIX.length(), at)] = line.substring(at + 1)
            }
        }
        return values
    }

}
