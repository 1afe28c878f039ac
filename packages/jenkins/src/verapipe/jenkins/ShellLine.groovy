package verapipe.jenkins

import com.cloudbees.groovy.cps.NonCPS

/**
 * What each shell is given to run: a program of ours and words of ours, never a value of a user. Pure.
 *
 * `bat` needs `call`, because npm's programs are batch files there. PowerShell goes on after a program that it does not
 * find and would end with 0; so a number that means "not found" stands there before.
 */
class ShellLine implements Serializable {

    private static final long serialVersionUID = 1

    /** The steps that run a line on Windows. */
    static final List<String> WINDOWS_SHELLS = ['bat', 'powershell', 'pwsh']

    /** Ends with the exit code of the command. */
    @NonCPS
    static String running(String shell, String command) {
        switch (shell) {
            case 'sh':
                return command
            case 'bat':
                return "@call ${command}\r\n@exit /b %ERRORLEVEL%".toString()
            default:
                return '$global:LASTEXITCODE = 127; ' + command + '; exit $LASTEXITCODE'
        }
    }

    /** Ends with 0 whatever happens: what it prints is looked at. */
    @NonCPS
    static String asking(String shell, String command) {
        switch (shell) {
            case 'sh':
                return "${command} || true".toString()
            case 'bat':
                return "@call ${command}\r\n@exit /b 0".toString()
            default:
                return "${command}; exit 0".toString()
        }
    }

}
