import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withFacts } from '../../test/facts.js';
import { bytesOf } from '../../test/report-text.js';
import { decodeDetailedReport } from './detailed-report-stream.js';
import { CUSTOMFIELDLIST, MAINTENANCE, POLICYLIST, TEAMLIST, VENDORLIST } from './documents/account.js';
import { APPINFO, APPLIST, DELETEAPP } from './documents/applications.js';
import { BUILDINFO, BUILDLIST, DELETEBUILD } from './documents/builds.js';
import { FILELIST, REMOVEFILE } from './documents/files.js';
import { PRESCANRESULTS } from './documents/prescan-results.js';
import { DELETESANDBOX, PROMOTION, SANDBOXINFO, SANDBOXLIST } from './documents/sandboxes.js';
import { createReportCheck } from './report-check.js';
import { decodeAnswer, type XmlDocument } from './xml-answer.js';
import { parseXml } from './xml.js';

const DOCUMENTS: Readonly<Record<string, XmlDocument<unknown>>> = {
  applist: APPLIST,
  appinfo: APPINFO,
  deleteapp: DELETEAPP,
  buildlist: BUILDLIST,
  buildinfo: BUILDINFO,
  deletebuildresult: DELETEBUILD,
  filelist: FILELIST,
  removefile: REMOVEFILE,
  prescanresults: PRESCANRESULTS,
  sandboxlist: SANDBOXLIST,
  sandboxinfo: SANDBOXINFO,
  deletesandboxresult: DELETESANDBOX,
  policylist: POLICYLIST,
  teamlist: TEAMLIST,
  vendorlist: VENDORLIST,
  account_customfieldlist: CUSTOMFIELDLIST,
  maintenancescheduleinfo: MAINTENANCE,
};

/** Documents that have to be refused, and how. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^error-access-denied/, 'AuthorizationError'],
  [/^error-malformed/, 'ProtocolError'],
  [/^error-/, 'RefusedError'],
  [/^http-.*\.html$/, 'ProtocolError'],
  [/no-build-child/, 'ProtocolError'],
];

function kindOf(file: string): string {
  return /^[a-z_]+/.exec(file)?.[0] ?? '';
}

function documentOf(file: string): XmlDocument<unknown> | undefined {
  const kind = kindOf(file);
  return file.includes('promoted') ? PROMOTION : DOCUMENTS[kind === 'error' || kind === 'http' ? 'applist' : kind];
}

/** Calls that we do not make. */
function isOnlyParsed(file: string): boolean {
  return documentOf(file) === undefined && kindOf(file) !== 'detailedreport' && kindOf(file) !== 'summaryreport';
}

/** What stands for a document that was read. */
async function read(file: string, bytes: Uint8Array): Promise<string> {
  const [kind, document] = [kindOf(file), documentOf(file)];
  if (kind === 'detailedreport') {
    await decodeDetailedReport(bytesOf(bytes));
  } else if (kind === 'summaryreport') {
    const check = createReportCheck('test.do', kind);
    check.write(bytes);
    check.end();
  } else if (document === undefined) {
    // Well-formed is enough.
    parseXml(bytes);
  } else {
    decodeAnswer(bytes, 'test.do', document);
  }
  return kind;
}

function samplesBelow(folder: string): { readonly file: string; readonly path: string }[] {
  return ['', 'constructed', 'rendered'].flatMap((part) =>
    readdirSync(join(folder, part))
      .filter((file) => /\.(?:xml|html)$/.test(file))
      .map((file) => ({ file, path: join(folder, part, file) })),
  );
}

describe('recorded samples', () => {
  withFacts('recorded XML answers', (facts) => {
    const samples = samplesBelow(join(facts, 'veracode-api', 'samples', 'xml'));

    it('are there', () => {
      expect(samples.length).toBeGreaterThan(50);
      const recorded = samples.filter(({ path }) => !/[\\/](?:constructed|rendered)[\\/]/.test(path)).length;
      const parsed = samples.filter(({ file }) => isOnlyParsed(file)).length;
      const figures = `${samples.length - parsed} of ${samples.length} samples decoded or refused as they must be, ${parsed} of calls that we do not make parsed`;
      process.stderr.write(`XML samples: ${figures}; ${recorded} recorded, ${samples.length - recorded} constructed or rendered\n`);
    });

    it.each(samples)('$file', async ({ file, path }) => {
      const reading = read(file, readFileSync(path));
      const refused = REFUSED.find(([pattern]) => pattern.test(file));
      if (refused !== undefined) await expect(reading).rejects.toMatchObject({ name: refused[1] });
      else await expect(reading).resolves.toMatch(/^[a-z_]+$/);
    });
  });
});
