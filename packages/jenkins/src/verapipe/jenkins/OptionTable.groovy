package verapipe.jenkins

/**
 * What the command line takes and how it ends. Made from its own option table, and never edited by hand:
 * UPDATE_OPTION_TABLE=1 pnpm test option-table
 */
class OptionTable implements Serializable {

    private static final long serialVersionUID = 1

    /** Of the command line that these options are of. */
    static final String VERSION = '0.0.0'

    /** The options of each command, by their parameter. */
    static final Map<String, List<String>> COMMANDS = [
        'scan': [
            'app', 'sandbox', 'file', 'exclude', 'saveAs', 'scanName', 'lint', 'lintIgnore', 'statusUrl',
            'createProfile', 'createSandbox', 'updateProfile', 'criticality', 'team', 'policy', 'businessUnit', 'tag',
            'description', 'repoUrl', 'modules', 'includeModules', 'excludeModules', 'deleteIncomplete', 'waitTurn',
            'wait', 'timeout', 'pollInterval', 'allowFastPolling', 'resume', 'state', 'keep', 'onCancel', 'plan',
            'failOnSeverity', 'failOnCwe', 'failOnCvss', 'failOnLicenceRisk', 'maxFindings', 'maxFindingAge',
            'gracePeriod', 'proposedMitigations', 'waivers', 'newOnly', 'baseline', 'orgPolicy', 'onOutage',
            'outageOwner', 'outageReason', 'outageSince', 'conditionalPass', 'reportOnly', 'missingCredentials',
            'baselineScan', 'platformUrl', 'region', 'profile', 'proxy', 'caFile', 'rateShare', 'pathRule',
            'dataPaths', 'outputDir', 'json', 'quiet', 'debug', 'color', 'report', 'earlier',
        ],
        'pipeline-scan': [
            'app', 'file', 'exclude', 'lint', 'lintIgnore', 'statusUrl', 'policy', 'includeModules', 'projectName',
            'projectUrl', 'projectRef', 'stage', 'timeout', 'pipelinePollInterval', 'plan', 'failOnSeverity',
            'failOnCwe', 'failOnCvss', 'failOnLicenceRisk', 'maxFindings', 'maxFindingAge', 'gracePeriod',
            'proposedMitigations', 'waivers', 'newOnly', 'baseline', 'orgPolicy', 'onOutage', 'outageOwner',
            'outageReason', 'outageSince', 'conditionalPass', 'reportOnly', 'missingCredentials', 'baselineScan',
            'applyMitigations', 'platformUrl', 'region', 'profile', 'proxy', 'caFile', 'rateShare', 'pathRule',
            'dataPaths', 'outputDir', 'json', 'quiet', 'debug', 'color', 'report', 'earlier',
        ],
        'gate': [
            'from', 'statusUrl', 'failOnSeverity', 'failOnCwe', 'failOnCvss', 'failOnLicenceRisk', 'maxFindings',
            'maxFindingAge', 'gracePeriod', 'proposedMitigations', 'waivers', 'newOnly', 'baseline', 'orgPolicy',
            'conditionalPass', 'reportOnly', 'verifyPlatform', 'platformUrl', 'region', 'profile', 'proxy', 'caFile',
            'rateShare', 'pathRule', 'outputDir', 'json', 'quiet', 'debug', 'color',
        ],
        'preflight': [
            'app', 'sandbox', 'file', 'exclude', 'saveAs', 'scanName', 'lint', 'lintIgnore', 'for', 'write',
            'jobTimeout', 'conformance', 'statusUrl', 'createProfile', 'createSandbox', 'policy', 'deleteIncomplete',
            'waitTurn', 'timeout', 'state', 'plan', 'orgPolicy', 'platformUrl', 'region', 'profile', 'proxy', 'caFile',
            'rateShare', 'outputDir', 'json', 'quiet', 'debug', 'color',
        ],
    ]

    /** The environment variable of each option. */
    static final Map<String, String> VARIABLES = [
        app: 'VERAPIPE_APP',
        sandbox: 'VERAPIPE_SANDBOX',
        file: 'VERAPIPE_FILE',
        exclude: 'VERAPIPE_EXCLUDE',
        saveAs: 'VERAPIPE_SAVE_AS',
        scanName: 'VERAPIPE_SCAN_NAME',
        lint: 'VERAPIPE_LINT',
        lintIgnore: 'VERAPIPE_LINT_IGNORE',
        from: 'VERAPIPE_FROM',
        for: 'VERAPIPE_FOR',
        write: 'VERAPIPE_WRITE',
        jobTimeout: 'VERAPIPE_JOB_TIMEOUT',
        conformance: 'VERAPIPE_CONFORMANCE',
        statusUrl: 'VERAPIPE_STATUS_URL',
        createProfile: 'VERAPIPE_CREATE_PROFILE',
        createSandbox: 'VERAPIPE_CREATE_SANDBOX',
        updateProfile: 'VERAPIPE_UPDATE_PROFILE',
        criticality: 'VERAPIPE_CRITICALITY',
        team: 'VERAPIPE_TEAM',
        policy: 'VERAPIPE_POLICY',
        businessUnit: 'VERAPIPE_BUSINESS_UNIT',
        tag: 'VERAPIPE_TAG',
        description: 'VERAPIPE_DESCRIPTION',
        repoUrl: 'VERAPIPE_REPO_URL',
        modules: 'VERAPIPE_MODULES',
        includeModules: 'VERAPIPE_INCLUDE_MODULES',
        excludeModules: 'VERAPIPE_EXCLUDE_MODULES',
        projectName: 'VERAPIPE_PROJECT_NAME',
        projectUrl: 'VERAPIPE_PROJECT_URL',
        projectRef: 'VERAPIPE_PROJECT_REF',
        stage: 'VERAPIPE_STAGE',
        deleteIncomplete: 'VERAPIPE_DELETE_INCOMPLETE',
        waitTurn: 'VERAPIPE_WAIT_TURN',
        wait: 'VERAPIPE_WAIT',
        timeout: 'VERAPIPE_TIMEOUT',
        pollInterval: 'VERAPIPE_POLL_INTERVAL',
        pipelinePollInterval: 'VERAPIPE_PIPELINE_POLL_INTERVAL',
        allowFastPolling: 'VERAPIPE_ALLOW_FAST_POLLING',
        resume: 'VERAPIPE_RESUME',
        state: 'VERAPIPE_STATE',
        keep: 'VERAPIPE_KEEP',
        onCancel: 'VERAPIPE_ON_CANCEL',
        plan: 'VERAPIPE_PLAN',
        failOnSeverity: 'VERAPIPE_FAIL_ON_SEVERITY',
        failOnCwe: 'VERAPIPE_FAIL_ON_CWE',
        failOnCvss: 'VERAPIPE_FAIL_ON_CVSS',
        failOnLicenceRisk: 'VERAPIPE_FAIL_ON_LICENCE_RISK',
        maxFindings: 'VERAPIPE_MAX_FINDINGS',
        maxFindingAge: 'VERAPIPE_MAX_FINDING_AGE',
        gracePeriod: 'VERAPIPE_GRACE_PERIOD',
        proposedMitigations: 'VERAPIPE_PROPOSED_MITIGATIONS',
        waivers: 'VERAPIPE_WAIVERS',
        newOnly: 'VERAPIPE_NEW_ONLY',
        baseline: 'VERAPIPE_BASELINE',
        orgPolicy: 'VERAPIPE_ORG_POLICY',
        onOutage: 'VERAPIPE_ON_OUTAGE',
        outageOwner: 'VERAPIPE_OUTAGE_OWNER',
        outageReason: 'VERAPIPE_OUTAGE_REASON',
        outageSince: 'VERAPIPE_OUTAGE_SINCE',
        conditionalPass: 'VERAPIPE_CONDITIONAL_PASS',
        reportOnly: 'VERAPIPE_REPORT_ONLY',
        missingCredentials: 'VERAPIPE_MISSING_CREDENTIALS',
        baselineScan: 'VERAPIPE_BASELINE_SCAN',
        applyMitigations: 'VERAPIPE_APPLY_MITIGATIONS',
        verifyPlatform: 'VERAPIPE_VERIFY_PLATFORM',
        platformUrl: 'VERAPIPE_PLATFORM_URL',
        region: 'VERAPIPE_REGION',
        profile: 'VERAPIPE_PROFILE',
        proxy: 'VERAPIPE_PROXY',
        caFile: 'VERAPIPE_CA_FILE',
        rateShare: 'VERAPIPE_RATE_SHARE',
        pathRule: 'VERAPIPE_PATH_RULE',
        dataPaths: 'VERAPIPE_DATA_PATHS',
        outputDir: 'VERAPIPE_OUTPUT_DIR',
        json: 'VERAPIPE_JSON',
        quiet: 'VERAPIPE_QUIET',
        debug: 'VERAPIPE_DEBUG',
        color: 'VERAPIPE_COLOR',
        report: 'VERAPIPE_REPORT',
        earlier: 'VERAPIPE_EARLIER',
    ]

    /** Options that take a list. */
    static final List<String> LISTS = [
        'file', 'exclude', 'saveAs', 'lintIgnore', 'team', 'tag', 'includeModules', 'excludeModules', 'failOnCwe',
        'maxFindings', 'pathRule', 'report', 'earlier',
    ]

    /** What other tools call an option, in lower case and without marks. */
    static final Map<String, String> OLD_NAMES = [
        appname: 'app',
        applicationname: 'app',
        veracodeappprofile: 'app',
        sandboxname: 'sandbox',
        filepath: 'file',
        uploadincludespattern: 'file',
        uploadexcludespattern: 'exclude',
        createprofile: 'createProfile',
        createsandbox: 'createSandbox',
        teams: 'team',
        tags: 'tag',
        gitrepositoryurl: 'repoUrl',
        include: 'includeModules',
        scanincludespattern: 'includeModules',
        scanexcludespattern: 'excludeModules',
        developmentstage: 'stage',
        deleteincompletescan: 'deleteIncomplete',
        deleteincompletescanlevel: 'deleteIncomplete',
        waitforscan: 'wait',
        scantimeout: 'timeout',
        maximumwaittime: 'timeout',
        scanpollinginterval: 'pollInterval',
        keepfailedbuild: 'keep',
        failonlicenserisk: 'failOnLicenceRisk',
    ]

    static final Map<Integer, String> EXIT_CODES = [
        (0): 'done, proven, all gates passed; or what --no-wait, --report-only or --on-outage asked for',
        (1): 'a gate or check said no: gates, preflight, the lint, credentials that end too soon or were found leaked',
        (2): 'the input is wrong; all faults are listed, nothing was sent',
        (3): 'credentials are missing, malformed, refused or expired, or lack a role',
        (4): 'not found, or blocked: by another build, or by a refusal of the platform',
        (5): 'platform or network: attempts spent, or answers that cannot be trusted',
        (6): 'the scan itself failed on the platform',
        (7): 'not finished in time; the scan goes on, and the command to attach is printed',
        (8): 'skipped for lack of credentials, where that was asked for',
        (9): 'local trouble: disk, permissions, an artifact that changed during the upload',
        (70): 'our own bug, with how to report it',
        (130): 'cancelled',
    ]

}
