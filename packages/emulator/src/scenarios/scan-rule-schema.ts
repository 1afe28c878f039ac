import { z } from 'zod';
import { componentsSchema, dynamicFindingSchema, findingsSchema, manualFindingSchema } from './finding-schema.js';
import { buildStatuses, fileStatuses, policyEvaluations } from './vocabulary.js';

const seconds = z.number().min(0);

const moduleSchema = z
  .strictObject({
    file: z.string().default('*').describe('Pattern on the names of uploaded files; every matching file yields this module.'),
    name: z.string().default('{file}').describe('{file} stands for the file name, for instance "JS files within {file}".'),
    platform: z.string().optional().describe('architecture / operating system / compiler. Default: by the file type.'),
    fatal: z.boolean().default(false),
    dependency: z.boolean().default(false),
    status: z.string().optional().describe('Default: OK, or a text that names the fatal problem.'),
    issues: z.array(z.string()).default([]),
    fileIssues: z.array(z.strictObject({ file: z.string(), details: z.string() })).default([]),
  })
  .describe('A module that the prescan finds.');
export type ModuleSpec = z.output<typeof moduleSchema>;

const uploadSchema = z
  .strictObject({
    file: z.string().describe('Pattern on the name of the uploaded file.'),
    status: z.enum(fileStatuses).optional().describe('file_status that the list of files shows instead of Uploaded.'),
    refuse: z.string().optional().describe('Text of the <error>, for instance "The file cannot be analyzed.".'),
  })
  .describe('What happens to matching uploads. Files with another status than Uploaded yield no module.');

const policySchema = z
  .strictObject({
    evaluation: z.enum(policyEvaluations).describe('policy_compliance_status once results are ready.'),
    rulesStatus: z.enum(policyEvaluations).optional().describe('Default: the same, and Did Not Pass for a Conditional Pass.'),
  })
  .describe('Fixes the evaluation. Without it the policy of the application is applied to the findings.');

const behaviourShape = {
  lagSeconds: seconds.describe('Between an accepted beginprescan.do and the visible Pre-Scan Submitted.'),
  prescanSeconds: seconds,
  prescanOutcome: z.enum(['success', 'failed', 'no-modules', 'cancelled', 'never-ends']).describe('How the prescan ends.'),
  queueSeconds: seconds.describe('Submitted to Engine.'),
  scanSeconds: seconds.describe('Scan In Process.'),
  reviewSeconds: seconds.describe('Pending Internal Review before publication; 0 leaves it out.'),
  calculatingSeconds: seconds.describe('After Results Ready, while the policy still shows Calculating...'),
  scanOutcome: z
    .enum([
      'results-ready',
      'errors',
      'internal-error',
      'cancelled',
      'on-hold',
      'not-submitted',
      'pending-review',
      'never-ends',
    ])
    .describe('How the scan ends; on-hold, not-submitted, pending-review and never-ends last for ever.'),
  modules: z.array(moduleSchema).describe('A file that matches none yields one module, if it is of a kind that can be analysed.'),
  uploads: z.array(uploadSchema),
  findings: findingsSchema,
  dynamicFindings: z.array(dynamicFindingSchema).describe('Findings of a dynamic analysis that the results carry beside the static ones.'),
  manualFindings: z.array(manualFindingSchema).describe('Findings of a manual test that the results carry beside the static ones.'),
  components: componentsSchema,
  policy: policySchema,
  otherAnalyses: z
    .array(z.strictObject({ type: z.enum(['Dynamic', 'Manual', 'eDAST']), status: z.enum(buildStatuses) }))
    .describe('Further analysis units that builds carry beside the static one.'),
};

const behaviourSchema = z.strictObject(behaviourShape);
type CompleteBehaviour = z.output<typeof behaviourSchema>;

/** Everything that a scan does, after the rules have been applied. Plain JSON; kept with the build. */
export type ScanBehaviour = Omit<CompleteBehaviour, 'policy'> & { readonly policy?: CompleteBehaviour['policy'] };

export const scanRuleSchema = z
  .strictObject({
    application: z.string().default('*').describe('Pattern on the application name; * and ? are wildcards, case is ignored.'),
    sandbox: z.string().optional().describe('Pattern on the sandbox name. Without it the rule holds for policy and sandbox scans.'),
    scanName: z.string().default('*').describe('Pattern on the scan name.'),
    ...behaviourSchema.partial().shape,
  })
  .describe('Each setting is taken from the first rule that matches and has it, else from the defaults.');
export type ScanRule = z.output<typeof scanRuleSchema>;

/** What scans do when no rule says otherwise. */
export const defaultBehaviour: ScanBehaviour = {
  lagSeconds: 0,
  prescanSeconds: 4 * 60,
  prescanOutcome: 'success',
  queueSeconds: 60,
  scanSeconds: 20 * 60,
  reviewSeconds: 0,
  calculatingSeconds: 0,
  scanOutcome: 'results-ready',
  modules: [],
  uploads: [],
  findings: 'typical',
  dynamicFindings: [],
  manualFindings: [],
  components: 'typical',
  otherAnalyses: [],
};
