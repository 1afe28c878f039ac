import { join } from 'node:path';

/** The environment of a job. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What the template tells its jobs, beside the options of the command. */
export interface ComponentSettings {
  readonly command: 'scan' | 'pipeline-scan';
  readonly mode: 'two-jobs' | 'single-job';
  /** Folder of the reports, as the template names it. */
  readonly reportDir: string;
  /** Folder of the results: legs of a matrix meet in the gate job, so each has its own. */
  readonly resultsDir: string;
  readonly takesTargetBaseline: boolean;
  readonly takesSandboxFromBranch: boolean;
}

/** A job that was set up wrongly: the message says how. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Reads what the template set. Pure. @throws SetupError */
export function readComponentSettings(env: Env): ComponentSettings {
  const reportDir = env['COMPONENT_REPORT_DIR']?.trim() ?? '';
  if (reportDir === '') throw new SetupError('COMPONENT_REPORT_DIR is empty: this program is started by the templates of the component, which set it.');
  return {
    command: wordOf(env, 'COMPONENT_COMMAND', ['scan', 'pipeline-scan']),
    mode: wordOf(env, 'COMPONENT_MODE', ['two-jobs', 'single-job']),
    reportDir,
    resultsDir: join(reportDir, legFolder(env)),
    takesTargetBaseline: isOn(env, 'COMPONENT_TARGET_BASELINE'),
    takesSandboxFromBranch: isOn(env, 'COMPONENT_SANDBOX_FROM_BRANCH'),
  };
}

/** Without `use-matrix` nobody would look at the legs: one scan of nothing in particular would stand for all of them. */
function legFolder(env: Env): string {
  if (isOn(env, 'COMPONENT_USE_MATRIX')) {
    const index = env['CI_NODE_INDEX'] ?? '';
    if (!/^[1-9]\d*$/u.test(index)) throw new SetupError('The input use-matrix is true, and GitLab did not make legs of this job (CI_NODE_INDEX is empty): give the input matrix.');
    return `leg-${index}`;
  }
  const matrix = env['COMPONENT_MATRIX']?.trim() ?? '';
  if (matrix !== '' && matrix !== '[]') throw new SetupError('The input matrix is given without use-matrix: true.');
  return '';
}

function wordOf<W extends string>(env: Env, name: string, words: readonly W[]): W {
  const text = env[name]?.trim() ?? '';
  const word = words.find((known) => known === text);
  if (word === undefined) throw new SetupError(`${name} is ${JSON.stringify(text)}; wanted ${words.join(' or ')}.`);
  return word;
}

function isOn(env: Env, name: string): boolean {
  return env[name]?.trim() === 'true';
}
