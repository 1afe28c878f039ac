import { z } from 'zod';
import { findingsSchema } from './finding-schema.js';
import { matchesPattern } from './patterns.js';

const seconds = z.number().min(0);

const behaviourSchema = z.strictObject({
  pendingSeconds: seconds.describe('PENDING after its creation, unless a segment arrives first.'),
  scanSeconds: seconds.describe('STARTED.'),
  findingsSeconds: seconds.describe('Between SUCCESS and findings that can be read; until then they are a 202.'),
  outcome: z.enum(['success', 'failure', 'cancelled', 'never-ends']).describe('How the scan ends; one that never ends runs into a time limit.'),
  modules: z.array(z.string()).describe('Names, which may repeat as they do on the platform; {file} stands for the name of the file.'),
  findings: findingsSchema,
});

/** Everything that a pipeline scan does, after the rules have been applied. Plain JSON; kept with the scan. */
export type PipelineBehaviour = z.output<typeof behaviourSchema>;

export const pipelineRuleSchema = z
  .strictObject({
    project: z.string().default('*').describe('Pattern on project_name; * and ? are wildcards, case is ignored.'),
    file: z.string().default('*').describe('Pattern on binary_name.'),
    ...behaviourSchema.partial().shape,
  })
  .describe('Each setting is taken from the first rule that matches and has it, else from the defaults.');
export type PipelineRule = z.output<typeof pipelineRuleSchema>;

/** What pipeline scans do when no rule says otherwise. */
export const defaultPipelineBehaviour: PipelineBehaviour = {
  pendingSeconds: 0,
  scanSeconds: 90,
  findingsSeconds: 0,
  outcome: 'success',
  modules: ['{file}', 'JS files within {file}'],
  findings: 'typical',
};

/** What a pipeline scan of this file does. */
export function resolvePipelineBehaviour(
  rules: readonly PipelineRule[],
  scan: { readonly project: string; readonly file: string },
): PipelineBehaviour {
  const matching = rules.filter((rule) => matchesPattern(rule.project, scan.project) && matchesPattern(rule.file, scan.file));
  return matching.reduceRight<PipelineBehaviour>((behaviour, { project: _p, file: _f, ...settings }) => {
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    return { ...behaviour, ...Object.fromEntries(given) };
  }, defaultPipelineBehaviour);
}
