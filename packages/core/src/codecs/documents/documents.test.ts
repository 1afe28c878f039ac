import { describe, expect, it } from '@jest/globals';
import { STYLES, xmlSample } from '../../../test/samples.js';
import { decodeAnswer, type XmlDocument } from '../xml-answer.js';
import { CUSTOMFIELDLIST, MAINTENANCE, POLICYLIST, TEAMLIST, VENDORLIST } from './account.js';
import { APPINFO, APPLIST, DELETEAPP } from './applications.js';
import { BUILDINFO, BUILDLIST, DELETEBUILD } from './builds.js';
import { FILELIST, REMOVEFILE } from './files.js';
import { PRESCANRESULTS } from './prescan-results.js';
import { DELETESANDBOX, PROMOTION, SANDBOXINFO, SANDBOXLIST } from './sandboxes.js';

function decode<T>(sample: string, document: XmlDocument<T>): T {
  return decodeAnswer(xmlSample(sample), 'test.do', document);
}

const BUILDINFO_READY = {
  accountId: '70001',
  applicationId: '81001',
  sandboxId: null,
  id: '5000002',
  name: 'main #42 (retry) 100%',
  submitter: 'ci-account',
  status: 'results-ready',
  statusText: 'Results Ready',
  resultsReady: true,
  publishedAt: '2026-03-02T13:14:59.000Z',
  policyName: 'House rules',
  policyVersion: '3',
  policyEvaluation: 'did-not-pass',
  policyEvaluationText: 'Did Not Pass',
  rulesStatus: 'did-not-pass',
  rulesStatusText: 'Did Not Pass',
  policyUpdatedAt: '2026-03-02T13:15:30.000Z',
  gracePeriodExpired: false,
  scanOverdue: false,
};

/** Written in every way, read the same. */
const SAME: readonly (readonly [string, XmlDocument<unknown>, unknown])[] = [
  [
    'applist',
    APPLIST,
    [
      { id: '81001', name: 'Web shop', policyUpdatedAt: '2026-03-02T13:15:30.000Z' },
      { id: '81002', name: 'Käse & "Wurst" <größer>', policyUpdatedAt: null },
      { id: '0081003', name: '1e3', policyUpdatedAt: null },
    ],
  ],
  [
    'appinfo',
    APPINFO,
    {
      id: '81001',
      name: 'Web shop',
      policyUpdatedAt: '2026-03-02T13:15:30.000Z',
      criticality: 'Very High',
      policy: 'House rules',
      teams: ['Blue', 'Red'],
      businessUnit: 'Retail & more',
      tags: ['java', 'web'],
      description: 'Line one\r\nline two',
      modifiedAt: '2026-03-02T04:59:59.000Z',
    },
  ],
  ['buildlist', BUILDLIST, [{ id: '5000001', name: 'main 41' }, { id: '5000002', name: 'main #42 (retry) 100%' }]],
  ['buildinfo-results-ready', BUILDINFO, BUILDINFO_READY],
  [
    'filelist',
    FILELIST,
    {
      applicationId: '81001',
      sandboxId: null,
      buildId: '5000002',
      files: [
        { id: '3300001', name: 'shop.war', statusText: 'Uploaded', uploaded: true, md5: '0cc175b9c0f1b6a831c399e269772661' },
        { id: '3300002', name: 'grün & rot (1).jar', statusText: 'Pending Upload', uploaded: false, md5: null },
        { id: '3300003', name: 'broken.zip', statusText: 'Invalid Checksum', uploaded: false, md5: null },
      ],
    },
  ],
  [
    'sandboxlist',
    SANDBOXLIST,
    [
      { id: '92001', name: 'feature-x', owner: 'dana@example.com', modifiedAt: '2026-03-01T15:00:00.000Z', expiresAt: '2026-06-01T14:00:00.000Z' },
      { id: '92002', name: 'Feature-X expired', owner: 'ci-account', modifiedAt: '2026-02-01T15:00:00.000Z', expiresAt: null },
    ],
  ],
  ['sandboxinfo', SANDBOXINFO, { id: '92003', name: 'nightly', owner: 'ci-account', modifiedAt: '2026-03-02T14:00:01.000Z', expiresAt: null }],
  ['policylist', POLICYLIST, ['House rules', 'PCI & DSS', 'Recommended Very High']],
  ['teamlist', TEAMLIST, ['Blue', 'Red & Green']],
];

describe('documents', () => {
  it.each(SAME.flatMap(([name, document, expected]) => STYLES.map((style) => ({ sample: `${name}.${style}`, document, expected }))))(
    '$sample',
    ({ sample, document, expected }) => {
      expect(decode(sample, document)).toEqual(expected);
    },
  );

  it.each<[string, XmlDocument<unknown>, unknown]>([
    ['applist-empty', APPLIST, []],
    ['buildlist-empty', BUILDLIST, []],
    ['buildlist-comment-after-root', BUILDLIST, [{ id: '5000003', name: 'feature-x 7' }]],
    ['sandboxlist-empty', SANDBOXLIST, []],
    ['policylist-empty', POLICYLIST, []],
    ['vendorlist', VENDORLIST, ['Acme']],
    ['account_customfieldlist', CUSTOMFIELDLIST, [{ id: '31', name: 'Cost centre' }]],
    ['deleteapp', DELETEAPP, undefined],
    ['applist', DELETEAPP, undefined],
    ['deletebuildresult', DELETEBUILD, undefined],
    ['buildlist', DELETEBUILD, undefined],
    ['removefile', REMOVEFILE, undefined],
    ['filelist', REMOVEFILE, undefined],
    ['deletesandboxresult', DELETESANDBOX, undefined],
    ['sandboxinfo-promoted', PROMOTION, undefined],
    ['filelist-empty', FILELIST, { applicationId: '81001', sandboxId: null, buildId: '5000002', files: [] }],
    ['prescanresults-no-modules', PRESCANRESULTS, { applicationId: '81001', sandboxId: null, buildId: '5000002', modules: [] }],
    [
      'maintenancescheduleinfo',
      MAINTENANCE,
      [
        { startsAt: '2026-04-01T02:00:00.000Z', endsAt: '2026-04-01T06:00:00.000Z', title: 'Spring cleaning', description: 'No scans <during> this time' },
        { startsAt: null, endsAt: null, title: '', description: '' },
      ],
    ],
  ])('%s', (name, document, expected) => {
    expect(decode(`${name}.server`, document)).toEqual(expected);
  });

  it('a profile may have nothing but id and name', () => {
    expect(decode('appinfo-minimal.server', APPINFO)).toEqual({
      id: '81002',
      name: 'Small',
      policyUpdatedAt: null,
      criticality: null,
      policy: null,
      teams: [],
      businessUnit: null,
      tags: [],
      description: null,
      modifiedAt: null,
    });
  });

  it('ids keep what a number would lose', () => {
    expect(decode('filelist-negative-id.server', FILELIST)).toMatchObject({ sandboxId: '92001', files: [{ id: '-9007199254740993123' }] });
  });

  it('owners that were encoded twice are shown as they were meant', () => {
    const owners = ['server', 'plain'].map((style) => decode(`sandboxinfo-owner-encoded-twice.${style}`, SANDBOXINFO).owner);
    expect(owners).toEqual(['dana@example.com', 'dana@example.com']);
  });
});

describe('builds', () => {
  it.each<[string, object]>([
    ['incomplete', { status: 'incomplete', resultsReady: false, publishedAt: null, policyEvaluation: 'not-assessed', policyUpdatedAt: null }],
    ['prescan-submitted', { status: 'prescan-submitted' }],
    ['prescan-success', { status: 'prescan-success' }],
    ['prescan-failed', { status: 'prescan-failed' }],
    ['scanning', { status: 'scan-in-process', publishedAt: null }],
    ['calculating', { status: 'results-ready', policyEvaluation: 'calculating', rulesStatus: 'calculating', policyEvaluationText: 'Calculating...' }],
    ['conditional-pass', { policyEvaluation: 'conditional-pass', rulesStatus: 'did-not-pass', gracePeriodExpired: true }],
    ['pass', { policyEvaluation: 'pass', rulesStatus: 'pass', publishedAt: '2026-03-02T13:14:59.000Z' }],
    ['sandbox', { id: '5000003', sandboxId: '92001', policyEvaluation: 'conditional-pass', rulesStatus: 'pass' }],
    ['several-units', { status: 'scan-in-process', resultsReady: true, publishedAt: null }],
    ['no-unit', { status: 'unknown', statusText: '' }],
    ['no-status', { status: 'unknown', statusText: '' }],
    ['unknown-words', { status: 'unknown', statusText: 'Warp Drive Engaged', policyEvaluation: 'unknown', policyEvaluationText: 'Splendid', rulesStatus: 'unknown' }],
    [
      'minimal',
      {
        accountId: null,
        sandboxId: null,
        id: '0005',
        name: '007',
        submitter: null,
        status: 'unknown',
        resultsReady: false,
        policyName: null,
        policyVersion: null,
        policyEvaluation: 'unknown',
        gracePeriodExpired: null,
        scanOverdue: null,
      },
    ],
  ])('%s', (name, expected) => {
    expect(decode(`buildinfo-${name}.server`, BUILDINFO)).toMatchObject(expected);
  });
});

describe('prescan results', () => {
  it.each(STYLES)('%s', (style) => {
    const { modules, ...build } = decode(`prescanresults.${style}`, PRESCANRESULTS);
    expect(build).toEqual({ applicationId: '81001', sandboxId: null, buildId: '5000002' });
    expect(modules.map(({ name, hasFatalErrors, isDependency, fileId }) => ({ name, hasFatalErrors, isDependency, fileId }))).toEqual([
      { name: 'shop.war', hasFatalErrors: false, isDependency: false, fileId: '3300001' },
      { name: 'JS files within shop.war', hasFatalErrors: false, isDependency: false, fileId: '3300001' },
      { name: 'legacy.dll', hasFatalErrors: true, isDependency: false, fileId: null },
      { name: 'util.jar', hasFatalErrors: false, isDependency: true, fileId: '3300001' },
    ]);
    expect(modules[1]).toMatchObject({
      id: '6600002',
      statusText: 'Unsupported Framework - 2 Files, No supporting files or PDB files - 1 File',
      platform: 'JAVASCRIPT / JavaScript / JAVASCRIPT_5_1',
      size: '310KB',
      issues: ['No supporting files or PDB files', 'app.min.js: Minified (Optional)', 'a file: Not Found (Required)'],
    });
  });

  it('a module is top-level unless told otherwise, and fatal if either place says so', () => {
    const { modules } = decode('prescanresults-minimal.server', PRESCANRESULTS);
    expect(modules).toEqual([
      { id: '6600001', name: 'shop.war', fileId: null, statusText: 'OK', hasFatalErrors: false, isDependency: false, platform: null, size: null, issues: [] },
      expect.objectContaining({ name: 'odd.bin', hasFatalErrors: true, isDependency: false }),
    ]);
  });
});

describe('documents that leave out what they may', () => {
  it.each<[string, XmlDocument<unknown>, string, object]>([
    [
      'the state of a file',
      FILELIST,
      '<filelist app_id="1" build_id="2"><file file_id="3" file_name="x"/></filelist>',
      { files: [{ statusText: '', uploaded: false, md5: null }] },
    ],
    [
      'the state of a module',
      PRESCANRESULTS,
      '<prescanresults app_id="1" build_id="2"><module id="3" name="x"><issue/><remark details="y"/></module></prescanresults>',
      { modules: [{ statusText: '', hasFatalErrors: false, issues: [] }] },
    ],
    ['the owner of a sandbox', SANDBOXLIST, '<sandboxlist><sandbox sandbox_id="1" sandbox_name="x"/></sandboxlist>', [{ owner: null, modifiedAt: null }]],
    ['the names of policies', POLICYLIST, '<policylist><policies/></policylist>', []],
    ['the kind of an analysis', BUILDINFO, '<buildinfo app_id="1"><build build_id="2" version="x"><analysis_unit status="Results Ready"/></build></buildinfo>', { status: 'unknown' }],
  ])('%s', (_name, document, text, expected) => {
    expect(decodeAnswer(Buffer.from(text), 'test.do', document)).toMatchObject(expected);
  });
});

describe('documents that lack what is relied on', () => {
  const NS = 'https://analysiscenter.veracode.com/schema';
  it.each<[string, XmlDocument<unknown>, string]>([
    ['an application without id', APPLIST, `<applist xmlns="${NS}/2.0/applist"><app app_name="x"/></applist>`],
    ['an application without name', APPLIST, `<applist xmlns="${NS}/2.0/applist"><app app_id="1" app_name=""/></applist>`],
    ['an id that is no number', APPLIST, `<applist xmlns="${NS}/2.0/applist"><app app_id="1e3" app_name="x"/></applist>`],
    ['an id beyond all measure', APPLIST, `<applist xmlns="${NS}/2.0/applist"><app app_id="${'9'.repeat(31)}" app_name="x"/></applist>`],
    ['no application', APPINFO, `<appinfo xmlns="${NS}/2.0/appinfo"/>`],
    ['no build', BUILDINFO, `<buildinfo xmlns="${NS}/4.0/buildinfo" app_id="1"/>`],
    ['a build without id', BUILDINFO, `<buildinfo xmlns="${NS}/4.0/buildinfo" app_id="1"><build version="x"/></buildinfo>`],
    ['a build without application', BUILDINFO, `<buildinfo xmlns="${NS}/4.0/buildinfo"><build build_id="1" version="x"/></buildinfo>`],
    ['a sandbox that is no id', BUILDINFO, `<buildinfo xmlns="${NS}/4.0/buildinfo" app_id="1" sandbox_id="x"><build build_id="1" version="x"/></buildinfo>`],
    ['files of no build', FILELIST, `<filelist xmlns="${NS}/2.0/filelist" app_id="1"/>`],
    ['no result', DELETEBUILD, `<deletebuildresult xmlns="${NS}/deletebuildresult"/>`],
    ['no policies', POLICYLIST, `<policylist xmlns="${NS}/4.0/policylist"/>`],
  ])('%s', (_name, document, text) => {
    expect(() => decodeAnswer(Buffer.from(text), 'test.do', document)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'unexpected-document', outcome: 'unknown', context: { operation: 'test.do' } }),
    );
  });
});
