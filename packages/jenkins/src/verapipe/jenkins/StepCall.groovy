package verapipe.jenkins

import com.cloudbees.groovy.cps.NonCPS

/** One call of a step, read: what the command line gets, and what the library does itself. Pure. */
class StepCall implements Serializable {

    private static final long serialVersionUID = 1

    /** Parameters that are not options of the command line. */
    static final List<String> OWN_PARAMETERS = [
        'cli', 'credentialsId', 'credentials', 'onFail', 'onUnfinished', 'onSkipped', 'publish', 'shell',
    ]

    /** What can be published of a scan. */
    static final List<String> PUBLISHED = ['issues', 'junit', 'html', 'archive']

    static final List<String> SCANS = ['scan', 'pipeline-scan']

    final String command
    final CliSupply cli
    /** Variables of the options, with their exact texts. */
    Map<String, String> variables = [:]
    /** Id of a username and password; null where none is bound. */
    String credentialsId
    /** Ids of two secret texts; null where none are bound. */
    Map<String, String> credentials
    final String onFail
    final String onUnfinished
    final String onSkipped
    List<String> publish = []
    final String shell
    /** Folder of the results, relative to the workspace. */
    String outputDir
    /** Paths of the reports that are published, by format. */
    Map<String, String> reports = [:]
    List<String> notices = []
    final List<String> faults = []

    /** @param outputDir - where the call names none */
    StepCall(String command, Map<String, Object> args, String outputDir) {
        this.command = command
        Map<String, Object> own = [:]
        Map<String, Object> options = [:]
        for (Map.Entry<Object, Object> arg : args.entrySet()) {
            (OWN_PARAMETERS.contains(arg.key.toString()) ? own : options)[arg.key.toString()] = arg.value
        }
        readPublish(own)
        readOptions(options, outputDir)
        cli = new CliSupply(own.cli)
        faults.addAll(cli.faults)
        readCredentials(own)
        onFail = oneOf('onFail', own.onFail, ['FAILURE', 'UNSTABLE'])
        onUnfinished = oneOf('onUnfinished', own.onUnfinished, ['FAILURE', 'UNSTABLE'] + (command == 'scan' ? ['WAIT'] : []))
        onSkipped = oneOf('onSkipped', own.onSkipped, ['NOT_BUILT', 'STAGE_NOT_BUILT', 'UNSTABLE', 'FAILURE'])
        shell = oneOf('shell', own.shell, ShellLine.WINDOWS_SHELLS)
    }

    /** Where a scan says in few lines what it came to: a report of variables, written after all others. */
    @NonCPS
    String variablesFile() {
        return "${outputDir}/verapipe.env".toString()
    }

    /** Every file that the run may leave: reports by their format, `results`, and `pipelineResults` of a pipeline scan. */
    @NonCPS
    Map<String, String> files() {
        Map<String, String> files = reports + [results: "${outputDir}/verapipe-results.json".toString()]
        return command == 'scan' ? files : files + [pipelineResults: "${outputDir}/results.json".toString()]
    }

    /** A scan leaves files, and its results say what it came to. */
    @NonCPS
    boolean isScan() {
        return SCANS.contains(command)
    }

    /** All faults in one text. */
    @NonCPS
    String faultText() {
        String count = faults.size() == 1 ? 'one fault' : "${faults.size()} faults"
        return "The input of verapipe ${command} has ${count}; nothing was started.\n  ${faults.join('\n  ')}".toString()
    }

    @NonCPS
    private static List<Object> listOf(Object value) {
        return value == null ? [] : value instanceof Collection ? value as List : [value]
    }

    @NonCPS
    private void readOptions(Map<String, Object> options, String outputDir) {
        this.outputDir = (options.outputDir ?: outputDir).toString()
        Map<String, Object> all = options + [outputDir: this.outputDir]
        if (isScan()) {
            reports = reportsToPublish()
            List<String> ours = reports.collect { format, path -> "${format}=${path}" }
            all.report = listOf(options.report) + ours + ["dotenv=${variablesFile()}"]
        }
        OptionVariables read = new OptionVariables(command, all, OWN_PARAMETERS)
        variables = read.texts
        notices = read.notices
        faults.addAll(read.faults)
        // The steps that publish take patterns of files in the workspace.
        if (!(this.outputDir ==~ '[^*?,\\\\\\r\\n]+') || this.outputDir ==~ '(/|[A-Za-z]:|(.*/)?\\.\\.(/|$)).*') {
            faults << 'outputDir: wanted a folder inside of the workspace, written with /, without * ? and commas'
        }
    }

    @NonCPS
    private void readCredentials(Map<String, Object> own) {
        boolean isAsking = command != 'gate' || variables.VERAPIPE_VERIFY_PLATFORM == 'true'
        if (own.credentials != null) {
            Map<String, Object> ids = own.credentials instanceof Map ? (Map) own.credentials : [:]
            boolean isComplete = ids.keySet() == ['id', 'key'] as Set && ids.id && ids.key
            if (!isComplete || own.credentialsId) {
                faults << 'credentials: wanted [id: …, key: …], the ids of two secret texts, and no credentialsId beside it'
            } else {
                credentials = [id: ids.id.toString(), key: ids.key.toString()]
            }
        } else if (own.containsKey('credentialsId')) {
            credentialsId = own.credentialsId ? own.credentialsId.toString() : null
        } else if (isAsking) {
            credentialsId = 'veracode'
        }
    }

    @NonCPS
    private void readPublish(Map<String, Object> own) {
        if (!isScan()) {
            if (own.publish != null) {
                faults << "publish: verapipe ${command} has nothing to publish".toString()
            }
            return
        }
        List<String> names = own.publish == null ? PUBLISHED : listOf(own.publish)*.toString()
        List<String> unknown = names - PUBLISHED
        if (unknown) {
            faults << "publish: got ${unknown.join(', ')}, wanted a list of ${PUBLISHED.join(', ')}, or [] for nothing".toString()
        }
        publish = names
    }

    @NonCPS
    private Map<String, String> reportsToPublish() {
        Map<String, String> files = [:]
        // Of a pipeline scan Jenkins reads the results in the vendor's shape, which are always written.
        if (publish.contains('issues') && command == 'scan') {
            files.sarif = "${outputDir}/veracode.sarif".toString()
        }
        if (publish.contains('junit')) {
            files.junit = "${outputDir}/veracode-junit.xml".toString()
        }
        if (publish.contains('html')) {
            files['html-static'] = "${outputDir}/html/index.html".toString()
        }
        return files
    }

    @NonCPS
    private String oneOf(String name, Object value, List<String> words) {
        String text = value == null ? words[0] : value.toString()
        if (!words.contains(text)) {
            faults << "${name}: got \"${text}\", wanted ${words.join(' or ')}".toString()
        }
        return text
    }

}
