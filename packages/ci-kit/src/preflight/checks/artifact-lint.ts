import { lintCandidates, lineOfFinding, lintTargetOf } from '../../artifacts/lint-artifacts.js';
import { type Check, type CheckResult, failure, ok, skipped, warning } from '../check.js';

/** Findings that stand in the line; `verapipe lint` shows them all. */
const SHOWN = 3;

/** What the platform would reject or scan badly in the files to upload. */
export const artifactLint: Check = {
  id: 'artifact-lint',
  title: 'Artifact lint',
  needs: ['artifacts'],
  purposes: ['scan', 'pipeline-scan'],
  async run({ run, purpose, artifacts }) {
    const { file: files, lint: mode, lintIgnore: ignore } = run.options;
    if (files.length === 0) return skipped('no --file is given');
    if (mode === 'off') return skipped('--lint is off');
    const { candidates } = await artifacts();
    const target = lintTargetOf(purpose);
    const { outcome, issues } = await lintCandidates(candidates, { ignore, target, signal: run.input.signal });
    if (outcome === null) return failure(issues.map(({ got }) => `--lint-ignore ${got} is no rule`).join('; '), `Wanted: ${issues.map(({ wanted }) => wanted).join('; ')}.`);
    return resultOf(outcome.findings, mode);
  },
};

type Findings = NonNullable<Awaited<ReturnType<typeof lintCandidates>>['outcome']>['findings'];

function resultOf(findings: Findings, mode: 'error' | 'warn'): CheckResult {
  const [first] = findings;
  if (first === undefined) return ok('nothing that the platform would reject or scan badly');
  const shown = findings.slice(0, SHOWN).map(lineOfFinding);
  const more = findings.length > SHOWN ? [`and ${String(findings.length - SHOWN)} more (\`verapipe lint\`)`] : [];
  const wouldFail = mode === 'error' && findings.some(({ severity }) => severity === 'error');
  return (wouldFail ? failure : warning)([...shown, ...more].join('; '), first.advice);
}
