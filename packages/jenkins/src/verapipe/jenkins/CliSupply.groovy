package verapipe.jenkins

import com.cloudbees.groovy.cps.NonCPS

/** Where the command line comes from. Nothing is downloaded unless `npx` or `image` asks for it. Pure. */
class CliSupply implements Serializable {

    private static final long serialVersionUID = 1

    /** installed, npx, image or folder. */
    final String kind
    /** Version, name of the image, or path. */
    final String value
    /** Arguments of `docker run`, of an image. */
    final String imageArguments
    final List<String> faults = []

    /** @param cli - null, 'installed', [npx: '1.2.3'], [folder: '/opt/verapipe/bin'], [image: 'name', args: '…'] */
    CliSupply(Object cli) {
        Map given = cli instanceof Map ? (Map) cli : [:]
        List<String> kinds = ['npx', 'image', 'folder'].findAll { kind -> given[kind] }
        boolean isInstalled = cli == null || cli.toString() == 'installed'
        kind = isInstalled ? 'installed' : kinds.join(' and ')
        value = kinds.size() == 1 ? given[kind].toString() : ''
        imageArguments = given.args ? given.args.toString() : ''
        List<String> unknown = given.keySet()*.toString() - (given.image ? ['image', 'args'] : ['npx', 'folder'])
        if (!isInstalled && (kinds.size() != 1 || unknown)) {
            faults << 'cli: wanted \'installed\', [npx: VERSION], [folder: PATH] or [image: NAME, args: ARGUMENTS]'
        } else if (kind == 'npx' && !Version.isExact(value)) {
            faults << "cli: npx wants one exact version such as ${OptionTable.VERSION}, got \"${value}\"".toString()
        } else if (kind == 'image' && !(value ==~ '[A-Za-z0-9][A-Za-z0-9_.:/@-]*')) {
            faults << "cli: \"${value}\" is no name of an image".toString()
        }
    }

    /** What a shell runs. Constant: a version stands in the environment. */
    @NonCPS
    String program() {
        return kind == 'npx' ? 'npx verapipe' : 'verapipe'
    }

    /** Entries of `withEnv` by which the shell finds the program. */
    @NonCPS
    List<String> environment() {
        switch (kind) {
            case 'npx':
                return ["npm_config_package=verapipe@${value}".toString(), 'npm_config_yes=true']
            case 'folder':
                return OptionVariables.entries(['PATH+VERAPIPE': value])
            default:
                return []
        }
    }

    /** How to come by the program, for a message. */
    @NonCPS
    String advice() {
        switch (kind) {
            case 'npx':
                return "npx could not start verapipe ${value}: ".toString() +
                    'the agent needs Node 20.18.1 or later, and a way to the npm registry'
            case 'folder':
                return "there is no verapipe that starts in ${value}, or no Node 20.18.1 or later on the agent".toString()
            case 'image':
                return "the image ${value} has no verapipe on its PATH".toString()
            default:
                return 'no verapipe starts on this agent. Install it (npm install --global verapipe), or give the step ' +
                    "cli: [npx: '${OptionTable.VERSION}'], [folder: …] or [image: …]"
        }
    }

}
