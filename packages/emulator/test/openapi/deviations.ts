/** Something that the emulator answers although an OpenAPI file does not allow it. */
export interface Deviation {
  readonly file: string;
  readonly deviation: string;
  /**
   * `recorded`: an answer of the platform deviates like this. `sibling`: an answer of another call of the same service does;
   * one framework renders them all, and no file knows what it adds. `client`: the vendor's own published client reads it.
   */
  readonly evidence: 'recorded' | 'sibling' | 'client';
  /** A sample that deviates so, read as the answer of this operation. */
  readonly shownBy: { readonly sample: string; readonly operation: string; readonly deviation: string };
}

const APPLICATION_LINKS = { sample: 'applications/list-page0-of-2.json', operation: 'GET /appsec/v1/applications', deviation: 'applications.json PagedResourceOfApplication: does not know _links' };
const FINDING_LINKS = { sample: 'findings/static-page0-of-3.json', operation: 'GET /appsec/v2/applications/{guid}/findings', deviation: 'findings.json PagedResourceOfFinding: does not know _links' };

/** Recordings win over specifications; a row that no answer needs any more must go. */
export const deviations: readonly Deviation[] = [
  ...recorded({ file: 'applications.json', sample: 'applications/list-page0-of-2.json', operation: 'GET /appsec/v1/applications' }, [
    'PagedResourceOfApplication: does not know _links',
    'Application: does not know _links',
    'Application last_completed_scan_date: wanted string, got null',
    'ApplicationProfile archer_app_name: wanted string, got null',
    'ApplicationProfile description: wanted string, got null',
    'ApplicationScan: does not know links',
  ]),
  ...recorded({ file: 'applications.json', sample: 'applications/by-name-2022-05.json', operation: 'GET /appsec/v1/applications' }, [
    'Application: does not know last_policy_compliance_check_date',
    'ApplicationScan: does not know full_type',
    'ApplicationScan: does not know fallback_type',
  ]),
  ...recorded({ file: 'applications.json', sample: 'applications/by-name-2-matches.json', operation: 'GET /appsec/v1/applications' }, [
    'ApplicationProfile tags: wanted string, got null',
  ]),
  ...sibling({ file: 'applications.json', of: APPLICATION_LINKS }, ['PagedResourceOfSandbox: does not know _links', 'Sandbox: does not know _links']),
  ...sibling({ file: 'policy.json', of: APPLICATION_LINKS }, ['PagedResourceOfPolicyVersion: does not know _links', 'PolicyVersion: does not know _links']),
  // veracode_api_py counts the pages of policies by it, and would read one page without.
  ...shownBy({ file: 'policy.json', sample: 'constructed/policies-list.json', operation: 'GET /appsec/v1/policies' }, 'client', ['PagedResourceOfPolicyVersion: does not know page']),
  ...recorded({ file: 'findings.json', sample: 'findings/static-page0-of-3.json', operation: 'GET /appsec/v2/applications/{guid}/findings' }, [
    'PagedResourceOfFinding: does not know _links',
  ]),
  ...recorded({ file: 'findings.json', sample: 'findings/dynamic-1-of-20.json', operation: 'GET /appsec/v2/applications/{guid}/findings' }, [
    'DynamicFinding: does not know url',
  ]),
  ...recorded({ file: 'findings.json', sample: 'findings/sca-5-of-113.json', operation: 'GET /appsec/v2/applications/{guid}/findings' }, [
    'ScaFinding: does not know component_path',
  ]),
  ...sibling({ file: 'static-finding-data-path.json', of: FINDING_LINKS }, ['StaticFlaws: does not know _links']),
  ...sibling({ file: 'dynamic-flaw.json', of: FINDING_LINKS }, ['DynamicFlaw: does not know _links']),
];

interface Rows {
  readonly file: string;
  readonly sample: string;
  readonly operation: string;
}

function recorded(rows: Rows, list: readonly string[]): Deviation[] {
  return shownBy(rows, 'recorded', list);
}

function sibling({ file, of }: { readonly file: string; readonly of: Deviation['shownBy'] }, list: readonly string[]): Deviation[] {
  return list.map((deviation) => ({ file, deviation, evidence: 'sibling', shownBy: of }));
}

function shownBy({ file, sample, operation }: Rows, evidence: Deviation['evidence'], list: readonly string[]): Deviation[] {
  return list.map((deviation) => ({ file, deviation, evidence, shownBy: { sample, operation, deviation: `${file} ${deviation}` } }));
}
