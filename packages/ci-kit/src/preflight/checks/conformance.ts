import { readConformance, VERSION, type ComparedAnswer } from '@verapipe/core';

import { writeFileAtomically } from '../../files/write-file-atomically.js';
import { isOneOf } from '../../files/same-file.js';
import { inputFiles } from '../../run/input-files.js';
import { shownPath } from '../../run/run-context.js';
import { type Check, failure, ok, skipped, warning } from '../check.js';
import { hasApplication } from './application.js';

/** Whether the platform answers as verapipe and its emulator expect; the differences go to a file that can be handed on. */
export const conformance: Check = {
  id: 'conformance',
  title: 'Conformance',
  needs: ['access', 'outputs'],
  async run(context) {
    const { run } = context;
    if (!run.options.conformance) return skipped('not asked for (--conformance)');
    const { conformance: path } = run.files;
    const given = await inputFiles(run);
    if (await isOneOf(path, given.map((file) => file.path))) return failure(`${shownPath(path, run.input.cwd)} would be replaced, and is read`, 'Give another folder (--output-dir).');
    const application = (await hasApplication(context)) ? (await context.application()).found : null;
    const answers = await readConformance(context.calling(), application);
    await writeFileAtomically(path, [`${JSON.stringify(documentOf(answers, run.clock.now()), null, 2)}\n`]);
    const file = shownPath(path, run.input.cwd);
    const compared = answers.filter(({ outcome }) => outcome === 'compared').length;
    const deviating = answers.filter(({ outcome, code, differences }) => outcome === 'unreadable' || (outcome === 'compared' && (code !== null || differences.length > 0)));
    const line = `${String(compared)} of ${String(answers.length)} kinds of answers compared, ${deviating.length === 0 ? 'all as expected' : `${String(deviating.length)} otherwise than expected`}; ${file} has the list, without values`;
    if (deviating.length === 0) return ok(line);
    return warning(line, `Please look into the file, and report it: ${deviating.map(({ operation }) => operation).join(', ')}.`);
  },
};

/** @see verapipe-conformance-1.schema.json */
function documentOf(answers: readonly ComparedAnswer[], nowMs: number): object {
  return { schemaVersion: 1, tool: { name: 'verapipe', version: VERSION }, comparedAt: new Date(nowMs).toISOString(), answers };
}
