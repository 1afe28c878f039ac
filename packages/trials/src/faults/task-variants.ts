import type { Setting } from '@verapipe/ci-kit';
import type { ScenarioInput } from '@verapipe/emulator';

/** A command that changes the platform over REST, and how the platform looks when that was done once. */
export interface TaskVariant {
  readonly name: 'sandbox create' | 'sandbox promote';
  readonly scenario: ScenarioInput;
  readonly settings: readonly Setting[];
  /** Every call that the command makes here. A test compares them with what it does. The last one makes the change. */
  readonly operations: readonly string[];
  /** The sandbox that is there afterwards, and no other. */
  readonly sandbox: string;
  /** Names of the policy scans afterwards. */
  readonly policyScans: readonly string[];
}

const LOOK_UPS = ['GET /api/authn/v2/api_credentials', 'GET /appsec/v1/applications', 'GET /appsec/v1/applications/{guid}/sandboxes'];
const SETTINGS: readonly Setting[] = [
  { name: 'app', value: 'Shop' },
  { name: 'sandbox', value: 'feature' },
];

/** The commands that make something over REST. */
export const TASK_VARIANTS: readonly TaskVariant[] = [
  {
    name: 'sandbox create',
    scenario: { applications: [{ name: 'Shop', builds: [{ name: 'release' }] }] },
    settings: SETTINGS,
    operations: [...LOOK_UPS, 'POST /appsec/v1/applications/{guid}/sandboxes'],
    sandbox: 'feature',
    policyScans: ['release'],
  },
  {
    name: 'sandbox promote',
    scenario: { applications: [{ name: 'Shop', builds: [{ name: 'release' }], sandboxes: [{ name: 'feature', builds: [{ name: 'nightly' }] }] }] },
    settings: SETTINGS,
    operations: [...LOOK_UPS, 'getbuildinfo.do', 'getbuildlist.do', 'POST /appsec/v1/applications/{guid}/sandboxes/{sandbox}/promote'],
    sandbox: 'feature',
    policyScans: ['release', 'nightly Promoted'],
  },
];

/** The variant of that name; undefined for one of another workflow. */
export function taskVariantOf({ variant }: { readonly variant: string }): TaskVariant | undefined {
  return TASK_VARIANTS.find(({ name }) => name === variant);
}

/** The call that makes the change. */
export function changeOf({ operations }: TaskVariant): string {
  return operations.at(-1) ?? '';
}
