import { parseDocument } from 'yaml';
import { z } from 'zod';
import { faultSchema } from '../faults/fault-schema.js';
import { accountSchema } from './account-schema.js';
import { applicationSchema } from './application-schema.js';
import { pipelineRuleSchema } from './pipeline-rule-schema.js';
import { policySchema } from './policy-schema.js';
import { scanRuleSchema } from './scan-rule-schema.js';
import { findContradictions } from './scenario-contradictions.js';
import { problemsOf, ScenarioError, type ScenarioProblem } from './scenario-error.js';
import { settingsSchema } from './settings-schema.js';

/** The form of a scenario; `createScenario` also checks what lies between its parts. */
export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional(),
    description: z.string().optional(),
    organization: z
      .strictObject({ accountId: z.string().regex(/^\d+$/).default('10001'), name: z.string().default('Example Organization') })
      .prefault({}),
    accounts: z.array(accountSchema).min(1).prefault([{}]).describe('The first one is what the command prints at its start.'),
    settings: settingsSchema.prefault({}),
    policies: z.array(policySchema).default([]).describe('Beside the built-in ones; an equal name replaces.'),
    teams: z.array(z.string()).default(['Default Team']),
    vendors: z.array(z.strictObject({ id: z.string(), name: z.string() })).default([]),
    customFields: z
      .array(z.string())
      .length(10)
      .default(Array.from({ length: 10 }, (_, index) => `Custom ${index + 1}`))
      .describe('Names of the ten custom fields of application profiles.'),
    applications: z.array(applicationSchema).default([]),
    scans: z.array(scanRuleSchema).default([]).describe('What new scans do, by application, sandbox and scan name.'),
    pipelineScans: z.array(pipelineRuleSchema).default([]).describe('What pipeline scans do, by project and file.'),
    faults: z.array(faultSchema).default([]).describe('Faults that are set from the start.'),
  })
  .describe('What the emulated platform knows and how it behaves. It never analyses code: results are what stands here.');

/** A complete scenario: every default is filled in. @public */
export type Scenario = z.output<typeof scenarioSchema>;

/** What a scenario file may say. @public */
export type ScenarioInput = z.input<typeof scenarioSchema>;

/**
 * Reads a scenario from the text of a file.
 *
 * @throws ScenarioError with every fault: where it is, what stands there, what is wanted.
 * @public
 */
export function parseScenario(text: string, format: 'json' | 'yaml'): Scenario {
  return createScenario(format === 'json' ? parseJson(text) : parseYaml(text));
}

/** Checks a scenario that is already data, and fills in the defaults. @throws ScenarioError @public */
export function createScenario(data: unknown): Scenario {
  const parsed = scenarioSchema.safeParse(data);
  if (!parsed.success) {
    throw new ScenarioError(problemsOf(parsed.error, data));
  }
  const contradictions = findContradictions(parsed.data);
  if (contradictions.length > 0) {
    throw new ScenarioError(contradictions);
  }
  return parsed.data;
}

/** What holds without a file. @public */
export const defaultScenario: Scenario = scenarioSchema.parse({});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable('JSON', error);
  }
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  const first = document.errors[0];
  if (first !== undefined) {
    throw unreadable('YAML', first);
  }
  return document.toJS() ?? {};
}

function unreadable(format: string, error: unknown): ScenarioError {
  const problem: ScenarioProblem = {
    path: '(file)',
    got: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '',
    wanted: `text in ${format}`,
  };
  return new ScenarioError([problem]);
}
