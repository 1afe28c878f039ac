import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type EmulatedPlatform, startInstantPlatform } from '../emulated-platform.js';
import { type Benchmark, type Figure, measured } from '../figure.js';
import { interleave, median } from '../median.js';
import { CLI } from '../places.js';
import { type Command, type Cost, runChild } from '../run-child.js';
import { countTraffic } from '../traffic.js';
import { findVendorWrapper, trustStore, type VendorWrapper } from '../vendor-wrapper.js';

const ARTIFACT_BYTES = 1024 * 1024;
/** The expiry look-up; the emulator's journal names REST calls by method and path. */
const CREDENTIALS_END = 'GET /api/authn/v2/api_credentials';
/** The search for the profile. */
const PROFILES = 'GET /appsec/v1/applications';
const WHAT = 'new profile, 1 MB, up to the submitted scan';

/** The workflow up to the submitted scan, against the vendor's Java API wrapper. */
export const submittedScan: Benchmark = {
  name: 'submitted scan',
  async run(folder) {
    const artifact = join(folder, 'artifact.jar');
    await writeFile(artifact, randomBytes(ARTIFACT_BYTES));
    const emulator = await startInstantPlatform(folder);
    try {
      const platform = emulator.hello;
      const traffic = await countTraffic(platform, (tlsUrl) => runChild(ourCommand({ ...platform, tlsUrl }, artifact, 'counted', folder)));
      return [
        measured({ id: 'submitted-scan-connections', what: `${WHAT}, connections`, peer: 'the budget', ours: traffic.connections, theirs: 2, goal: 1 }),
        callsFigure(traffic.calls),
        ...(await againstWrapper(platform, artifact, folder)),
      ];
    } finally {
      await emulator.stop();
    }
  },
};

/**
 * What the work cannot do without: find out that the profile is new, make it, make the build, upload, prove the upload,
 * begin the prescan, and read back that it has begun. And, once in each run, when the credentials end: they last a year
 * at most, and a pipeline that says so only on the day it stops has said it too late.
 */
const NEEDED_CALLS = [
  CREDENTIALS_END,
  PROFILES,
  'createapp',
  'createbuild',
  'uploadlargefile',
  'getfilelist',
  'beginprescan',
  'getbuildinfo',
  // Once more, when nobody can change them any longer.
  'getfilelist',
];

function callsFigure(calls: readonly string[]): Figure {
  const needed = NEEDED_CALLS.filter((name) => calls.includes(name)).length;
  const what = `${WHAT}, calls (${calls.join(' ')})`;
  return measured({ id: 'submitted-scan-calls', what, peer: 'those of them that it needs', ours: calls.length, theirs: needed, goal: 1 });
}

async function againstWrapper(platform: EmulatedPlatform, artifact: string, folder: string): Promise<readonly Figure[]> {
  const wrapper = await findVendorWrapper();
  if ('missing' in wrapper) {
    return ['wall', 'cpu'].map((kind) => ({ id: `submitted-scan-${kind}`, what: `${WHAT}, ${kind} ms`, notRun: wrapper.missing }));
  }
  const store = await trustStore(wrapper, platform.caFile, folder);
  const { ours, theirs } = await interleave(
    (round) => runChild(ourCommand(platform, artifact, `ours ${round}`, folder)),
    (round) => runChild(wrapperCommand(wrapper, store, platform, artifact, `theirs ${round}`)),
  );
  const peer = `the vendor's Java wrapper ${wrapper.version}`;
  return [
    measured({ id: 'submitted-scan-wall', what: `${WHAT}, wall ms`, peer, ours: wallOf(ours), theirs: wallOf(theirs), goal: 0.25 }),
    cpuFigure(ours, theirs, peer),
  ];
}

function ourCommand(platform: EmulatedPlatform, artifact: string, application: string, folder: string): Command {
  const place = ['--platform-url', platform.tlsUrl, '--ca-file', platform.caFile, '--output-dir', join(folder, application)];
  const work = ['--app', application, '--create-profile', '--file', artifact, '--no-wait'];
  const credentials = { VERACODE_API_KEY_ID: platform.apiId, VERACODE_API_KEY_SECRET: platform.apiKey };
  return { program: process.execPath, args: [CLI, 'scan', ...work, ...place], env: { PATH: process.env['PATH'], ...credentials } };
}

function wrapperCommand(wrapper: VendorWrapper, store: string, platform: EmulatedPlatform, artifact: string, application: string): Command {
  const { hostname, port } = new URL(platform.proxyUrl);
  const java = [`-Djavax.net.ssl.trustStore=${store}`, '-Djavax.net.ssl.trustStorePassword=changeit', '-jar', wrapper.jar];
  const work = ['-action', 'UploadAndScan', '-appname', application, '-createprofile', 'true', '-version', 'bench', '-filepath', artifact];
  // The key is one of the emulator's, made for this run; a real one never belongs in an argument list.
  const access = ['-vid', platform.apiId, '-vkey', platform.apiKey, '-phost', hostname, '-pport', port];
  return { program: wrapper.java, args: [...java, ...work, ...access] };
}

function cpuFigure(ours: readonly Cost[], theirs: readonly Cost[], peer: string): Figure {
  const id = 'submitted-scan-cpu';
  const what = `${WHAT}, CPU ms`;
  const [mine, other] = [cpuOf(ours), cpuOf(theirs)];
  if (mine === null || other === null) return { id, what, notRun: 'this system does not tell the processor time of a child' };
  return measured({ id, what, peer, ours: mine, theirs: other, goal: 0.5 });
}

function wallOf(costs: readonly Cost[]): number {
  return median(costs.map(({ wallMs }) => wallMs));
}

function cpuOf(costs: readonly Cost[]): number | null {
  const known = costs.flatMap(({ cpuMs }) => (cpuMs === null ? [] : [cpuMs]));
  return known.length === 0 ? null : median(known);
}
