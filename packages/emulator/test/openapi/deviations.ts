/** Something that the emulator answers although an OpenAPI file does not allow it. */
export interface Deviation {
  readonly file: string;
  readonly deviation: string;
  /**
   * `recorded`: an answer of the platform deviates like this. `unconfirmed`: only a constructed sample does, after what
   * public clients read; the file may be right, and the emulator wrong.
   */
  readonly evidence: 'recorded' | 'unconfirmed';
  /** A sample that has the very same deviation, read as the answer of this operation. */
  readonly shownBy: { readonly sample: string; readonly operation: string };
}

/**
 * Recordings win over specifications; a row that no answer needs any more must go. Unconfirmed ones stay
 * because public clients count pages by `page` and know the links, and because other services were recorded with the like.
 */
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
  ...unconfirmed({ file: 'applications.json', sample: 'constructed/sandboxes-list.json', operation: 'GET /appsec/v1/applications/{guid}/sandboxes' }, [
    'PagedResourceOfSandbox: does not know _links',
    'Sandbox: does not know _links',
  ]),
  ...unconfirmed({ file: 'policy.json', sample: 'constructed/policies-list.json', operation: 'GET /appsec/v1/policies' }, [
    'PagedResourceOfPolicyVersion: does not know _links',
    'PagedResourceOfPolicyVersion: does not know page',
    'PolicyVersion: does not know _links',
    'PolicyVersion evaluation_date: wanted string, got null',
    'PolicyVersion evaluation_date_type: wanted string, got null',
    'PolicyVersion evaluation_date_type: wanted enum, got null',
    'PolicyVersion organization_id: wanted integer, got null',
  ]),
  ...recorded({ file: 'findings.json', sample: 'findings/static-page0-of-3.json', operation: 'GET /appsec/v2/applications/{guid}/findings' }, [
    'PagedResourceOfFinding: does not know _links',
  ]),
  ...recorded({ file: 'findings.json', sample: 'findings/dynamic-1-of-20.json', operation: 'GET /appsec/v2/applications/{guid}/findings' }, [
    'DynamicFinding: does not know url',
  ]),
  ...recorded({ file: 'findings.json', sample: 'findings/sca-5-of-113.json', operation: 'GET /appsec/v2/applications/{guid}/findings' }, [
    'ScaFinding: does not know component_path',
  ]),
  ...unconfirmed({ file: 'static-finding-data-path.json', sample: 'constructed/static-flaw-info.json', operation: 'GET /appsec/v2/applications/{guid}/findings/{issue}/static_flaw_info' }, [
    'StaticFlaws: does not know _links',
  ]),
  ...unconfirmed({ file: 'dynamic-flaw.json', sample: 'constructed/dynamic-flaw-info.json', operation: 'GET /appsec/v2/applications/{guid}/findings/{issue}/dynamic_flaw_info' }, [
    'DynamicFlaw: does not know _links',
  ]),
];

interface Rows {
  readonly file: string;
  readonly sample: string;
  readonly operation: string;
}

function recorded(rows: Rows, list: readonly string[]): Deviation[] {
  return shownBy(rows, 'recorded', list);
}

function unconfirmed(rows: Rows, list: readonly string[]): Deviation[] {
  return shownBy(rows, 'unconfirmed', list);
}

function shownBy({ file, sample, operation }: Rows, evidence: Deviation['evidence'], list: readonly string[]): Deviation[] {
  return list.map((deviation) => ({ file, deviation, evidence, shownBy: { sample, operation } }));
}
