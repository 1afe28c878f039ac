import type { ApplicationSpec, ExistingBuildSpec } from './application-schema.js';
import { firstIssueIds, type DynamicFindingSpec, type FindingsSpec, type ManualFindingSpec } from './finding-schema.js';
import { builtInPolicies, type PolicySpec } from './policy-schema.js';
import type { ScenarioProblem } from './scenario-error.js';

interface Checked {
  readonly applications: readonly ApplicationSpec[];
  readonly policies: readonly PolicySpec[];
  readonly teams: readonly string[];
  readonly scans: readonly ScanFindings[];
  readonly accounts: readonly { readonly userName: string; readonly teams: readonly string[] }[];
}

interface ScanFindings {
  readonly findings?: FindingsSpec | undefined;
  readonly dynamicFindings?: readonly DynamicFindingSpec[] | undefined;
  readonly manualFindings?: readonly ManualFindingSpec[] | undefined;
}

/** Faults that lie between the parts of a scenario: names used twice, names that nothing has, states that exclude each other. */
export function findContradictions(scenario: Checked): ScenarioProblem[] {
  const policyNames = new Set([...builtInPolicies, ...scenario.policies].map(({ name }) => name));
  const teams = new Set(scenario.teams);
  return [
    ...repeated('applications', scenario.applications.map(({ name }) => name)),
    ...repeated('accounts', scenario.accounts.map(({ userName }) => userName), 'userName'),
    ...scenario.accounts.flatMap((account, index) => unknownTeams(`accounts[${index}]`, account.teams, teams)),
    ...scenario.scans.flatMap((scan, index) => repeatedIssueIds(`scans[${index}]`, scan)),
    ...scenario.applications.flatMap((application, index) => {
      const path = `applications[${index}]`;
      return [
        ...unknownTeams(path, application.teams, teams),
        ...unknownPolicy(path, application.policy, policyNames),
        ...repeatedBuildNames(path, application),
        ...repeated(`${path}.sandboxes`, application.sandboxes.map(({ name }) => name)),
        ...unfinishedBuildsBeforeTheLast(`${path}.builds`, application.builds),
        ...application.sandboxes.flatMap((sandbox, at) =>
          unfinishedBuildsBeforeTheLast(`${path}.sandboxes[${at}].builds`, sandbox.builds),
        ),
      ];
    }),
  ];
}

function repeated(path: string, names: readonly string[], key = 'name'): ScenarioProblem[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    const folded = name.toLowerCase();
    if (!seen.has(folded)) {
      seen.add(folded);
      return [];
    }
    return [{ path: `${path}[${index}].${key}`, got: JSON.stringify(name), wanted: 'a name that is used once (ignoring case)' }];
  });
}

function repeatedBuildNames(path: string, application: ApplicationSpec): ScenarioProblem[] {
  const builds = [...application.builds, ...application.sandboxes.flatMap((sandbox) => sandbox.builds)];
  const problems = repeated('', builds.map(({ name }) => name));
  return problems.map(({ got }) => ({ path: `${path} (builds and sandbox builds)`, got, wanted: 'scan names that are used once in the application' }));
}

/** Ids count through all kinds of findings; generated ones have the numbers from 1 on. */
function repeatedIssueIds(path: string, { findings, dynamicFindings = [], manualFindings = [] }: ScanFindings): ScenarioProblem[] {
  const generated = typeof findings === 'object' && 'generate' in findings ? findings.generate : 0;
  const lists = [
    { kind: 'static', key: 'findings', specs: Array.isArray(findings) ? findings : [] },
    { kind: 'dynamic', key: 'dynamicFindings', specs: dynamicFindings },
    { kind: 'manual', key: 'manualFindings', specs: manualFindings },
  ] as const;
  const seen = new Set<number>();
  return lists.flatMap(({ kind, key, specs }) =>
    specs.flatMap(({ id }, index) => {
      const issueId = id ?? firstIssueIds[kind] + index;
      if (issueId > generated && !seen.has(issueId)) {
        seen.add(issueId);
        return [];
      }
      const wanted = key === 'findings' ? 'an id that no other finding of the list has' : 'an id that no other finding of the scan has';
      return [{ path: `${path}.${key}[${index}]`, got: `issue id ${issueId}`, wanted }];
    }),
  );
}

function unknownTeams(path: string, names: readonly string[], teams: ReadonlySet<string>): ScenarioProblem[] {
  return names.flatMap((name, index) =>
    teams.has(name)
      ? []
      : [{ path: `${path}.teams[${index}]`, got: JSON.stringify(name), wanted: `a team of the scenario (${[...teams].join(', ')})` }],
  );
}

function unknownPolicy(path: string, name: string | undefined, known: ReadonlySet<string>): ScenarioProblem[] {
  return name === undefined || known.has(name)
    ? []
    : [{ path: `${path}.policy`, got: JSON.stringify(name), wanted: `a policy that exists (${[...known].join(', ')})` }];
}

function unfinishedBuildsBeforeTheLast(path: string, builds: readonly ExistingBuildSpec[]): ScenarioProblem[] {
  return builds.slice(0, -1).flatMap((build, index) =>
    build.status === 'Results Ready'
      ? []
      : [{ path: `${path}[${index}].status`, got: JSON.stringify(build.status), wanted: 'Results Ready: only the last build of a list may be unfinished' }],
  );
}
