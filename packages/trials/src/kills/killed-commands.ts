import { PIPELINE_VARIANT, type Variant } from '../faults/cells.js';
import { TASK_VARIANTS } from '../faults/task-variants.js';

/** A command that is killed and then given again, word by word, in the same workspace. */
export interface KilledCommand extends Variant {
  readonly command: string;
  /** Bytes of its artifact; null when it has none. */
  readonly artifactBytes: number | null;
}

/** The name of its artifact. */
export const COMMAND_ARTIFACT = 'shop.jar';

/** The call that is looked up beside the work, at any time. */
const EXPIRY = 'GET /api/authn/v2/api_credentials';

/** The commands that no state file goes on with. */
export const KILLED_COMMANDS: readonly KilledCommand[] = [
  {
    ...PIPELINE_VARIANT,
    command: 'pipeline-scan',
    scenario: { pipelineScans: [{ findings: [{ cwe: 89, severity: 5, file: 'src/a.java', line: 3 }] }] },
    settings: [
      { name: 'file', value: COMMAND_ARTIFACT },
      { name: 'fail-on-severity', value: 'very-high' },
      { name: 'pipeline-poll-interval', value: '1' },
    ],
    // The platform wants so much in two segments.
    artifactBytes: 3 * 1024 * 1024,
  },
  ...TASK_VARIANTS.map((task) => ({ ...task, command: task.name, operations: task.operations.filter((operation) => operation !== EXPIRY), artifactBytes: null })),
];

/** The command of that name; undefined for a way to run `scan`. */
export function killedCommandOf({ variant }: { readonly variant: string }): KilledCommand | undefined {
  return KILLED_COMMANDS.find(({ name }) => name === variant);
}
