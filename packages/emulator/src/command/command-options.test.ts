import { describe, expect, it } from '@jest/globals';
import { parseCommandLine, UsageError, type CommandRequest } from './command-options.js';

describe('parseCommandLine', () => {
  it.each<[string[], CommandRequest]>([
    [[], { kind: 'start', port: 0, timeScale: 1 }],
    [['--help', '--port', '3'], { kind: 'help' }],
    [['-h'], { kind: 'help' }],
    [['--version'], { kind: 'version' }],
    [
      ['--port', '8080', '--tls-port=0', '--proxy-port', '65535', '--time-scale', '0.5', '--scenario', 'a.yml', '--state-dir', 'd', '--old-credentials', 'at-once'],
      { kind: 'start', port: 8080, tlsPort: 0, proxyPort: 65_535, timeScale: 0.5, scenarioFile: 'a.yml', stateDir: 'd', oldCredentials: 'at-once' },
    ],
  ])('%j', (args, wanted) => {
    expect(parseCommandLine(args)).toEqual(wanted);
  });

  it.each<[string[], string]>([
    [['--prot', '0'], 'Unknown option --prot. Did you mean --port?'],
    [['--tlsport', '0'], 'Unknown option --tlsport. Did you mean --tls-port?'],
    [['--something-else'], 'Unknown option --something-else. See --help.'],
    [['-p', '0'], 'Unknown option -p.'],
    [['8080'], '"8080" is no option.'],
    [['--port'], '--port needs a value.'],
    [['--port='], '--port needs a value.'],
    [['--port', '--tls-port', '0'], '--port needs a value.'],
    [['--port', '65536'], '--port must be a port from 0 (a free one) to 65535, not "65536".'],
    [['--port', '-1'], '--port must be a port'],
    [['--port', 'http'], '--port must be a port'],
    [['--time-scale', '0'], '--time-scale must be a number above 0'],
    [['--time-scale', 'fast'], '--time-scale must be a number above 0'],
    [['--port', '1', '--port', '2'], '--port was given twice.'],
    [['--old-credentials', '12h'], '--old-credentials must be 24h or at-once, not "12h".'],
    [['--help=yes'], '--help takes no value.'],
  ])('%j is refused', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(UsageError);
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});
