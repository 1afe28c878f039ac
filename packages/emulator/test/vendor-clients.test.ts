import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type RunningEmulator } from '../src/start-emulator.js';
import { runProgram, type ProgramRun } from './run-program.js';
import { withJavaWrapper, withVendorPython } from './vendor-tools.js';

/** The wrapper rests five seconds after it has created something, and asks no oftener than every 30. */
const patienceMs = 120_000;
const instant = { prescanSeconds: 0, queueSeconds: 0, scanSeconds: 0 };

let folder = '';
let emulator: RunningEmulator;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verapipe-vendor-'));
  emulator = await startEmulator({
    proxyPort: 0,
    scenario: {
      applications: [{ name: 'Existing shop' }, { name: 'Café' }, { name: 'Shop by hand' }, { name: 'Scanned', builds: [{ name: 'v1' }] }],
      scans: [
        { application: 'Failing*', ...instant, policy: { evaluation: 'Did Not Pass' } },
        {
          application: 'Scanned',
          findings: { generate: 45 },
          dynamicFindings: [{ cwe: 80, url: 'https://shop.example/search?q=1', parameter: 'q' }],
          manualFindings: [{ cwe: 287, location: 'https://shop.example/orders/1' }],
        },
        { ...instant, findings: [] },
      ],
    },
  });
});

afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

/** Names of the calls since a sequence number that meant an application. */
function callsSince(sequence: number, application: string): string[] {
  const view = emulator.snapshot().applications.find(({ name }) => name === application);
  const builds = view?.builds.map(({ id }) => id) ?? [];
  return emulator
    .journal()
    .filter((entry) => entry.sequence > sequence)
    .filter(({ parameters }) => {
      const named = parameters['app_id'] ?? parameters['appid'];
      return named === view?.id || parameters['app_name'] === application || (named === undefined && builds.includes(parameters['build_id'] ?? ''));
    })
    .map(({ operation }) => operation);
}

withJavaWrapper('the Java API wrapper, unmodified, through the proxy', ({ java, keytool, jar }) => {
  describe('the Java API wrapper, unmodified, through the proxy', () => {
    const trustStore = (): string => join(folder, 'trust.p12');
    const artifact = (): string => join(folder, 'shop.war');

    beforeAll(async () => {
      writeFileSync(artifact(), 'not analysed');
      const contents = ['-importcert', '-noprompt', '-alias', 'emulator', '-file', emulator.caFile ?? ''];
      const made = await runProgram(keytool, [...contents, '-keystore', trustStore(), '-storetype', 'PKCS12', '-storepass', 'changeit']);
      expect(made.exitCode).toBe(0);
    }, patienceMs);

    function uploadAndScan(application: string, ...flags: string[]): Promise<ProgramRun> {
      const trust = [`-Djavax.net.ssl.trustStore=${trustStore()}`, '-Djavax.net.ssl.trustStorePassword=changeit'];
      const { apiId, apiKey, proxyUrl } = emulator;
      const proxy = new URL(proxyUrl ?? '');
      const args = [...trust, '-jar', jar, '-action', 'UploadAndScan', '-vid', apiId, '-vkey', apiKey, '-appname', application];
      return runProgram(java, [...args, '-version', 'v1', '-filepath', artifact(), '-phost', proxy.hostname, '-pport', proxy.port, ...flags]);
    }

    const wait = ['-scantimeout', '5', '-scanpollinginterval', '30'];
    const create = ['-createprofile', 'true', '-criticality', 'High'];

    it.each([
      ['0, policy passed', 'Passing shop', 0],
      ['4, policy not passed', 'Failing shop', 4],
    ])(
      'a new profile, waiting: exit code %s',
      async (_, application, exitCode) => {
        const before = emulator.journal().length;
        const run = await uploadAndScan(application, ...create, ...wait);
        expect({ exitCode: run.exitCode, output: run.stdout + run.stderr }).toEqual({ exitCode, output: expect.any(String) });
        expect(callsSince(before, application)).toEqual([
          'createapp.do',
          'createbuild.do',
          'uploadlargefile.do',
          'beginprescan.do',
          'getbuildinfo.do',
          'summaryreport.do',
        ]);
        const view = emulator.snapshot().applications.find(({ name }) => name === application);
        expect(view).toMatchObject({ criticality: 'High', builds: [{ name: 'v1', status: 'Results Ready', prescansBegun: 1, scansBegun: 1 }] });
        expect(view?.builds[0]?.files).toMatchObject([{ name: 'shop.war', sizeBytes: 12 }]);
      },
      patienceMs,
    );

    it(
      'an existing profile and a new sandbox, not waiting: exit code 0',
      async () => {
        const before = emulator.journal().length;
        const run = await uploadAndScan('Existing shop', '-createprofile', 'false', '-sandboxname', 'dev', '-createsandbox', 'true');
        expect(run.exitCode).toBe(0);
        expect(callsSince(before, 'Existing shop')).toEqual([
          'getsandboxlist.do',
          'createsandbox.do',
          'createbuild.do',
          'uploadlargefile.do',
          'beginprescan.do',
        ]);
        expect(emulator.snapshot().applications[0]).toMatchObject({ sandboxes: [{ name: 'dev' }], builds: [{ name: 'v1', scansBegun: 1 }] });
      },
      patienceMs,
    );

    it(
      'without auto-scan, two files, one with a space in its name: all modules are scanned',
      async () => {
        const before = emulator.journal().length;
        const second = join(folder, 'b c.jar');
        writeFileSync(second, 'not analysed either');
        const flags = ['-autoscan', 'false', '-filepath', second, '-lifecyclestage', 'InDevelopmentPreAlpha', '-launchdate', '01/02/2030'];
        const run = await uploadAndScan('Shop by hand', '-createprofile', 'false', ...flags);
        expect(run.exitCode).toBe(0);
        expect(callsSince(before, 'Shop by hand')).toEqual([
          'createbuild.do',
          'uploadlargefile.do',
          'uploadlargefile.do',
          'beginprescan.do',
          'getbuildinfo.do',
          'getprescanresults.do',
          'beginscan.do',
        ]);
        const build = emulator.snapshot().applications[2]?.builds[0];
        expect(build?.files.map(({ name }) => name).sort()).toEqual(['b c.jar', 'shop.war']);
        expect(build?.scannedModules.toSorted()).toEqual(['b c.jar', 'shop.war']);
      },
      patienceMs,
    );

    it(
      'a build of somebody else in the way: exit code 2, nothing deleted',
      async () => {
        const applicationId = emulator.snapshot().applications[1]?.id ?? '';
        emulator.interventions.createBuild({ applicationId, name: 'by hand' });
        const run = await uploadAndScan('Café', '-createprofile', 'false');
        expect(run.exitCode).toBe(2);
        expect(emulator.snapshot().applications[1]?.builds).toMatchObject([{ name: 'by hand', deleted: false, files: [] }]);
      },
      patienceMs,
    );
  });
});

/** The package trusts its own list of authorities only: it is told of another the way a company patches that list. */
const python = `
import json, os, sys, warnings
warnings.simplefilter('ignore')
import requests, requests.adapters
from veracode_api_signing.plugin_requests import RequestsAuthPluginVeracodeHMAC
health = requests.get('https://api.veracode.com/healthcheck/status', auth=RequestsAuthPluginVeracodeHMAC()).status_code
requests.adapters.DEFAULT_CA_BUNDLE_PATH = os.environ['REQUESTS_CA_BUNDLE']
from veracode_api_py import APICredentials, Applications, CustomFields, Findings, Policies, Users, VeracodeAPI
names = [application['profile']['name'] for application in Applications().get_all()]
by_name = [application['profile']['name'] for application in Applications().get_by_name('Existing')]
old_list = VeracodeAPI().get_app_list().decode('utf8')
shop = Applications().get_by_name('Scanned')[0]['guid']
findings = Findings().get_findings(shop, scantype='ALL')
components = Findings().get_findings(shop, scantype='SCA')
static = next(finding for finding in findings if finding['scan_type'] == 'STATIC')
dynamic = next(finding for finding in findings if finding['scan_type'] == 'DYNAMIC')
paths = Findings().get_static_flaw_info(shop, static['issue_id'])
request = Findings().get_dynamic_flaw_info(shop, dynamic['issue_id'])
policies = [policy['name'] for policy in Policies().get_all()]
fields = CustomFields().get_all()['_embedded']['app_custom_field_names']
user = Users().get_self()
credentials = APICredentials().get_self()
more = {
    'findings': len({finding['issue_id'] for finding in findings}),
    'components': [finding['finding_details']['cve']['name'] for finding in components],
    'dataPaths': len(paths['data_paths']),
    'request': request['dynamic_flaw_info']['request']['url'],
    'policies': policies,
    'fields': [field['name'] for field in fields],
    'user': user['user_name'],
    'apiId': credentials['api_id'],
    'expires': credentials['expiration_ts'],
}
print(json.dumps({'more': more, 'health': health, 'names': names, 'byName': by_name, 'oldList': 'applist' in old_list}))
`;

withVendorPython('the Python packages, unmodified, through the proxy', (program) => {
  describe('the Python packages, unmodified, through the proxy', () => {
    const findings = 'GET /appsec/v2/applications/{guid}/findings';

    it(
      'check the health, list applications, findings in three pages, policies, and know themselves',
      async () => {
        const { apiId, apiKey, proxyUrl, caFile } = emulator;
        const env = {
          ...process.env,
          HTTPS_PROXY: proxyUrl ?? '',
          NO_PROXY: '',
          REQUESTS_CA_BUNDLE: caFile ?? '',
          VERACODE_API_KEY_ID: apiId,
          VERACODE_API_KEY_SECRET: apiKey,
        };
        const before = emulator.journal().length;
        const run = await runProgram(program, ['-c', python], { cwd: folder, env });
        expect(run.stderr).toBe('');
        expect(JSON.parse(run.stdout)).toEqual({
          health: 200,
          names: expect.arrayContaining(['Existing shop', 'Café']),
          byName: ['Existing shop'],
          oldList: true,
          more: {
            findings: 47,
            components: ['CVE-1999-99001'],
            dataPaths: 1,
            request: 'https://shop.example/search?q=1',
            policies: expect.arrayContaining(['Veracode Recommended Very High', 'Veracode Recommended Low']),
            fields: expect.arrayContaining(['Custom 1', 'Custom 10']),
            user: expect.any(String),
            apiId,
            expires: expect.stringMatching(/\+0000$/),
          },
        });
        expect(emulator.journal().slice(before)).toMatchObject([
          { host: 'api.veracode.com', operation: 'GET /healthcheck/status', acted: true },
          { host: 'api.veracode.com', operation: 'GET /appsec/v1/applications', acted: true },
          { host: 'api.veracode.com', operation: 'GET /appsec/v1/applications', parameters: { name: 'Existing', page: '0' } },
          { host: 'analysiscenter.veracode.com', path: '/api/4.0/getapplist.do', operation: 'getapplist.do', acted: true },
          { operation: 'GET /appsec/v1/applications', parameters: { name: 'Scanned', page: '0' } },
          { operation: findings, parameters: { include_annot: 'TRUE', page: '0' }, acted: true },
          { operation: findings, parameters: { include_annot: 'TRUE', page: '1' }, acted: true },
          { operation: findings, parameters: { include_annot: 'TRUE', page: '2' }, acted: true },
          { operation: findings, parameters: { scan_type: 'SCA', page: '0' }, acted: true },
          { operation: `${findings}/{issue}/static_flaw_info`, acted: true },
          { operation: `${findings}/{issue}/dynamic_flaw_info`, acted: true },
          { operation: 'GET /appsec/v1/policies', parameters: { page: '0' }, acted: true },
          { operation: 'GET /appsec/v1/custom_fields', acted: true },
          { operation: 'GET /api/authn/v2/users/self', acted: true },
          { operation: 'GET /api/authn/v2/api_credentials', acted: true },
        ]);
      },
      patienceMs,
    );
  });
});
