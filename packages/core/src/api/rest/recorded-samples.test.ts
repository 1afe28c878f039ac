import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { scriptedClient } from '../../../test/api-client.js';
import { withFacts } from '../../../test/facts.js';
import { parsePipelineResults } from '../../codecs/pipeline-results.js';
import { decodePipelineScan, decodeSegmentReceipt } from '../../codecs/pipeline-scan.js';
import { decodeApplicationProfile } from '../../codecs/rest-documents/application-profile.js';
import { decodeDynamicFlaw, decodeStaticFlaw } from '../../codecs/rest-documents/flaw-details.js';
import { decodeBusinessUnit, decodeTeam, decodeUser } from '../../codecs/rest-documents/identity.js';
import { decodePolicy } from '../../codecs/rest-documents/policy.js';
import { decodeSandboxProfile } from '../../codecs/rest-documents/sandbox-profile.js';
import { decodeSummaryReport } from '../../codecs/rest-documents/summary-report.js';
import { decodeRestFinding } from '../../codecs/rest-findings.js';
import { type JsonObject, optionalObject, parseJsonObject, readCount, requireObject, requireObjects, requireText, restErrorText } from '../../codecs/rest.js';
import { generateOwnCredentials, getOwnCredentials } from './credentials.js';

type Decode = (item: JsonObject, operation: string) => unknown;

/** How samples with such names are read. */
interface Reader {
  readonly samples: RegExp;
  readonly decoder: string;
  /** @returns how many things were read */
  readonly read: (text: string, file: string) => number | Promise<number>;
}

const READERS: readonly Reader[] = [
  list(/^applications\//, 'applications', decodeApplicationProfile),
  list(/^findings\//, 'findings', decodeRestFinding),
  list(/^constructed\/sandboxes-/, 'sandboxes', decodeSandboxProfile),
  list(/^constructed\/policies-/, 'policy_versions', decodePolicy),
  list(/^constructed\/teams-/, 'teams', decodeTeam),
  list(/^constructed\/business-units-/, 'business_units', decodeBusinessUnit),
  single(/^constructed\/policy-single/, decodePolicy),
  single(/^constructed\/users-self-/, decodeUser),
  single(/^constructed\/static-flaw-info/, decodeStaticFlaw),
  single(/^constructed\/dynamic-flaw-info/, decodeDynamicFlaw),
  single(/^constructed\/summary-report/, decodeSummaryReport),
  single(/^(pipeline\/create-scan-response|constructed\/pipeline-(create-response|status-))/, decodePipelineScan),
  single(/^constructed\/pipeline-(last-)?segment-response/, decodeReceipt),
  { samples: /^pipeline\/(?!create-scan-response)/, decoder: 'parsePipelineResults', read: (text, file) => parsePipelineResults(text, file).findings.length },
  { samples: /^constructed\/api_credentials-get/, decoder: 'getOwnCredentials', read: async (text) => one(await getOwnCredentials(scriptedClient(text))) },
  { samples: /^constructed\/api_credentials-post/, decoder: 'generateOwnCredentials', read: async (text) => one(await generateOwnCredentials(scriptedClient(text))) },
  { samples: /^(errors\/|constructed\/(error|pipeline-error|analyses-error)\b)/, decoder: 'restErrorText', read: readError },
];

/** What no decoder reads, and why. */
const NOT_READ: readonly { readonly samples: RegExp; readonly reason: string }[] = [
  { samples: /^openapi\//, reason: 'specifications: the tests of the emulator read them' },
  { samples: /^sca\//, reason: 'SCA workspaces and the agent: no call of ours' },
  { samples: /^constructed\/workspaces-list/, reason: 'SCA workspaces: no call of ours' },
  { samples: /^constructed\/(analyses|collections)-list/, reason: 'Dynamic Analysis and collections: no call of ours' },
  { samples: /^constructed\/reporting-/, reason: 'the Reporting API: no call of ours' },
  { samples: /^constructed\/sbom-/, reason: 'the SBOM API: no call of ours' },
  { samples: /^constructed\/annotation-request/, reason: 'a request, and writing mitigations is no call of ours' },
  { samples: /^constructed\/pipeline-create-request/, reason: 'a request: nobody answers it' },
  { samples: /^identity\/create-api-service-account-request/, reason: 'a request: nobody answers it' },
  { samples: /^identity\/bulk-tool-output/, reason: 'output of a tool of the vendor, no answer of the platform' },
];

function list(samples: RegExp, element: string, decode: Decode): Reader {
  const read = (text: string, file: string): number => {
    const answer = parseJsonObject(text, file);
    expect(readCount(requireObject(answer, 'page', file), 'number', file)).toBe(0);
    const embedded = optionalObject(answer, '_embedded', file);
    return embedded === null ? 0 : requireObjects(embedded, element, file).filter((item) => decode(item, file)).length;
  };
  return { samples, decoder: decode.name, read };
}

function single(samples: RegExp, decode: Decode): Reader {
  return { samples, decoder: decode.name, read: (text, file) => one(decode(parseJsonObject(text, file), file)) };
}

function decodeReceipt(answer: JsonObject, operation: string): unknown {
  return decodeSegmentReceipt(answer, operation, { scanId: requireText(answer, 'scan_id', operation), index: readCount(answer, 'segment_id', operation) });
}

/** Error answers must have something to say. */
function readError(text: string, file: string): number {
  const sample = parseJsonObject(text, file);
  // Some samples hold a whole answer: status, headers and body.
  const body = 'headers' in sample ? sample['body'] : sample;
  return /\w/.test(restErrorText(JSON.stringify(body)) ?? '') ? 1 : 0;
}

function one(decoded: unknown): number {
  return typeof decoded === 'object' && decoded !== null ? 1 : 0;
}

/** Files that no row is about, or more than one. */
function unlisted(files: readonly string[]): readonly string[] {
  return files.filter((file) => [...READERS, ...NOT_READ].filter(({ samples }) => samples.test(file)).length !== 1);
}

describe('the inventory of recorded REST samples', () => {
  it.each(['constructed/cwes-list.json', 'constructed/new.json', 'mpt/scans.json', 'identity/users-page.json', 'loose.json'])('does not know %s', (file) => {
    expect(unlisted([file])).toEqual([file]);
  });

  withFacts('every sample is decoded, or listed with a reason', (folder) => {
    const root = join(folder, 'veracode-api', 'samples', 'rest');
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1).replaceAll(sep, '/'))
      .toSorted();
    const readable = files.flatMap((file) => READERS.filter(({ samples }) => samples.test(file)).map((reader) => ({ file, ...reader })));

    it('every sample is decoded, or listed with a reason', () => {
      expect(files.length).toBeGreaterThan(60);
      expect(unlisted(files)).toEqual([]);
    });

    it('no row is about nothing', () => {
      const rows = [...READERS, ...NOT_READ].map(({ samples }) => samples);
      expect(rows.filter((samples) => !files.some((file) => samples.test(file)))).toEqual([]);
    });

    it.each(readable)('$decoder reads $file', async ({ file, read }) => {
      const count = await read(readFileSync(join(root, file), 'utf8'), file);
      expect(count > 0).toBe(!/empty|none/.test(file));
    });

    it('are as many as is said', () => {
      const constructed = readable.filter(({ file }) => file.startsWith('constructed/')).length;
      const figures = `${readable.length} of ${files.length} samples decoded: ${readable.length - constructed} recorded, ${constructed} constructed`;
      process.stderr.write(`REST samples: ${figures}; ${files.length - readable.length} listed with a reason\n`);
      expect(readable.length).toBeGreaterThan(50);
    });
  });
});
