import type { ApiCall } from '../../exchange.js';
import { latestEvaluationAtMs } from '../../platform/policy-evaluation.js';
import type { ApplicationRecord } from '../../platform/state.js';
import { guidOf, legacyPolicyId, type World } from '../../platform/world.js';
import { parseFormLists } from '../../router/form-text.js';
import type { Settings } from '../../scenarios/settings-schema.js';
import { restComplianceWords, restScanStatuses, restScanTypes } from '../../scenarios/vocabulary.js';
import { complianceWordOf, scanWordOf } from './application-json.js';
import { RestProblem } from './rest-route.js';

/** Filters of the list, in the order in which its links show them. */
export const applicationFilters: readonly string[] = [
  'org',
  'name',
  'policy_id',
  'policy_guid',
  'legacy_id',
  'business_unit',
  'tag',
  'policy',
  'policy_compliance',
  'policy_compliance_checked_after',
  'scan_status',
  'scan_type',
  'modified_after',
  'team',
  'git_repo_url',
  'custom_field_names',
  'custom_field_values',
  'sort_by_custom_field_name',
];

type Filter = (application: ApplicationRecord) => boolean;

/** What is asked for, with every value of a repeated parameter; links show it in this form. */
export function readFilters({ query }: Pick<ApiCall, 'query'>): ReadonlyMap<string, readonly string[]> {
  const given = parseFormLists(query);
  return new Map(
    applicationFilters.flatMap((name): [string, string[]][] => {
      const values = (given.get(name) ?? []).filter((value) => value !== '');
      return values.length === 0 ? [] : [[name, values]];
    }),
  );
}

/** The applications that pass all filters, in the order that is asked for. @throws RestProblem 400 for a value that is none */
export function filterApplications(
  world: World,
  applications: readonly ApplicationRecord[],
  given: ReadonlyMap<string, readonly string[]>,
): readonly ApplicationRecord[] {
  const filters = [...[...given].flatMap(([name, values]) => filterOf(world, name, values) ?? []), ...customFieldFilters(world, given)];
  const hits = applications.filter((application) => filters.every((filter) => filter(application)));
  const sortBy = given.get('sort_by_custom_field_name')?.[0];
  if (sortBy === undefined) {
    return hits;
  }
  const index = customFieldIndex(world, sortBy);
  return hits.toSorted((left, right) => compareText(left.customFields[index] ?? '', right.customFields[index] ?? ''));
}

/** Names match in part, like the platform's; everything else is compared whole. */
function filterOf(world: World, name: string, values: readonly string[]): Filter | undefined {
  const wanted = values[0] ?? '';
  switch (name) {
    case 'org':
      return () => wanted === world.scenario.organization.accountId;
    case 'name': {
      const part = wanted.toLowerCase();
      return (application) => application.name.toLowerCase().includes(part);
    }
    case 'legacy_id':
      return ({ id }) => id === wanted;
    case 'tag':
      return ({ tags }) => tags.split(',').some((tag) => tag.trim() === wanted);
    case 'team':
      return ({ teams }) => teams.includes(wanted);
    case 'business_unit':
      return ({ businessUnit }) => businessUnit === wanted;
    case 'policy':
      return ({ policyName }) => policyName === wanted;
    case 'policy_guid':
      return ({ policyName }) => guidOf('policy', policyName) === wanted;
    case 'policy_id':
      return ({ policyName }) => String(legacyPolicyId(world.scenario, policyName)) === wanted;
    case 'git_repo_url':
      return ({ repositoryUrl }) => repositoryUrl === wanted;
    case 'policy_compliance': {
      const word = oneOf(name, wanted, restComplianceWords);
      return (application) => complianceWordOf(world, application) === word;
    }
    case 'policy_compliance_checked_after': {
      expectSpelling(name, wanted, world.scenario.settings.checkedAfterSpelling);
      const afterMs = readMoment(name, wanted);
      return (application) => (latestEvaluationAtMs(application, world.clock.emulatedMs()) ?? -Infinity) >= afterMs;
    }
    case 'modified_after': {
      const afterMs = readMoment(name, wanted);
      return ({ modifiedAtMs }) => modifiedAtMs >= afterMs;
    }
    case 'scan_status': {
      const words = new Set<string | null>(values.map((value) => oneOf(name, value, restScanStatuses)));
      return (application) => words.has(scanWordOf(world, application));
    }
    case 'scan_type': {
      const type = oneOf(name, wanted, restScanTypes);
      return (application) => type === 'STATIC' && scanWordOf(world, application) !== null;
    }
    default:
      return undefined;
  }
}

/** The n-th name belongs to the n-th value; a percent sign stands for any text. */
function customFieldFilters(world: World, given: ReadonlyMap<string, readonly string[]>): Filter[] {
  const names = given.get('custom_field_names') ?? [];
  const values = given.get('custom_field_values') ?? [];
  if (names.length !== values.length) {
    throw new RestProblem(400, 'custom_field_names and custom_field_values must come in pairs');
  }
  return names.map((name, at) => {
    const index = customFieldIndex(world, name);
    const parts = (values[at] ?? '').split('%').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    const pattern = new RegExp(`^${parts.join('.*')}$`, 'is');
    return ({ customFields }) => pattern.test(customFields[index] ?? '');
  });
}

function customFieldIndex(world: World, name: string): number {
  const index = world.scenario.customFields.indexOf(name);
  if (index === -1) {
    throw new RestProblem(400, `There is no custom field ${JSON.stringify(name)}`);
  }
  return index;
}

function oneOf(name: string, value: string, words: readonly string[]): string {
  if (!words.includes(value)) {
    throw new RestProblem(400, `${name} must be one of: ${words.join(', ')}`);
  }
  return value;
}

/** The pages of the platform spell one filter in two ways; a scenario may take only one of them. */
function expectSpelling(name: string, text: string, spelling: Settings['checkedAfterSpelling']): void {
  if (spelling === 'both') {
    return;
  }
  const { pattern, like } = spellings[spelling];
  if (!pattern.test(text)) {
    throw new RestProblem(400, `${name} must be like ${like}`);
  }
}

const spellings = {
  day: { pattern: /^\d{4}-\d{2}-\d{2}$/, like: '2026-01-31' },
  time: { pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, like: '2026-01-31T00:00:00.000Z' },
};

/** `yyyy-MM-dd`, or a time as answers have it; a day means its beginning, UTC. */
function readMoment(name: string, text: string): number {
  const isSpelledRight = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z)?$/.test(text);
  const time = isSpelledRight ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new RestProblem(400, `${name} must be a date like 2026-01-31 or 2026-01-31T00:00:00.000Z`);
  }
  return time;
}

function compareText(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}
