import { truncate } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { useTemporaryFolder } from '../test/temporary-folder.js';
import { writeClass } from '../test/write-class.js';
import { writeTar } from '../test/write-tar.js';
import { writeZip, type ZipEntry } from '../test/write-zip.js';
import { lintArtifact, type LintFinding, type LintOptions } from './index.js';

const folder = useTemporaryFolder();

async function lint(name: string, content: string | Uint8Array, options: LintOptions = {}): Promise<readonly LintFinding[]> {
  return (await lintArtifact(await folder.write(name, content), options)).findings;
}

async function rulesOf(name: string, content: string | Uint8Array, options: LintOptions = {}): Promise<readonly string[]> {
  return (await lint(name, content, options)).map(({ rule }) => rule);
}

const CODE = { name: 'a.js', data: 'export {};\n' } as const;
const ZIP = writeZip([CODE, { name: 'b.js', data: 'x\n'.repeat(1500) }]);
const TGZ = gzipSync(writeTar([{ name: 'a.js', data: 'export {};\n' }, { name: 'b.js', data: 'y\n'.repeat(1500) }]));

describe('what is fine has no findings', () => {
  it.each([
    ['shop.zip', ZIP],
    ['shop.tgz', TGZ],
    ['shop.tar.gz', TGZ],
    ['shop.tar', writeTar([{ name: './' }, { name: './a.js', data: 'export {};\n' }])],
    ['zip64.zip', writeZip([CODE, { name: 'b.js', data: 'x\n'.repeat(1500) }], { isZip64: true })],
    ['shop.js', 'export const a = 1;\n'],
    ['shop.jar', writeZip([{ name: 'A.class', data: writeClass({ hasLineNumbers: true }) }])],
  ])('%s', async (name, content) => {
    expect(await lint(name, content)).toEqual([]);
  });
});

describe('what cannot be read is a finding, and nothing is thrown', () => {
  it.each([
    ['an empty zip file', 'e.zip', ''],
    ['a zip that is text', 't.zip', 'no archive at all, and long enough for an end of a directory'],
    ['a zip cut in its directory', 'c.zip', ZIP.subarray(0, -40)],
    ['a zip cut at its front', 'f.zip', ZIP.subarray(60)],
    ['a zip that claims a directory elsewhere', 'd.zip', patched(ZIP, ZIP.length - 6, [0xf0, 0xff, 0xff, 0x7f])],
    ['a zip that claims more entries', 'n.zip', patched(ZIP, ZIP.length - 12, [9, 0, 9, 0])],
    ['a tar cut in an entry', 'c.tar', writeTar([{ name: 'a.js', data: 'x\n'.repeat(1500) }]).subarray(0, 1500)],
    ['a tar of noise', 'n.tar', Buffer.alloc(4096, 7)],
    ['a gzip cut off', 'c.tgz', TGZ.subarray(0, -20)],
    ['a gzip with a wrong checksum', 'w.tgz', patched(TGZ, TGZ.length - 8, [1, 2, 3, 4])],
    ['a gzip of noise', 'n.tgz', gzipSync(Buffer.alloc(4096, 7))],
    ['a damaged class in a whole jar', 'k.jar', writeZip([{ name: 'A.class', data: writeClass({ hasLineNumbers: true }), claimedBytes: 50 }])],
    ['a damaged jar in a whole war', 'w.war', writeZip([CODE, { name: 'WEB-INF/lib/a.jar', data: ZIP.subarray(0, -40) }])],
  ])('%s', async (_name, file, content) => {
    expect(await rulesOf(file, content)).toContain('unreadable-archive');
  });

  it('a file that is not there, and a folder', async () => {
    for (const path of [folder.path('absent.zip'), folder.path()]) {
      expect((await lintArtifact(path)).findings).toMatchObject([{ rule: 'unreadable-archive', place: null }]);
    }
  });

  it('whatever the bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(ZIP, TGZ, writeTar([{ name: 'a.js', data: 'x'.repeat(600) }])), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }), fc.constantFrom('x.zip', 'x.jar', 'x.tgz', 'x.tar'), async (bytes, changes, name) => {
        const changed = Buffer.from(bytes);
        for (const [at, value] of changes) changed[at % changed.length] = value;
        const findings = await lint(name, changed);
        expect(findings.every(({ sentence }) => sentence.length < 2000)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function patched(bytes: Buffer, at: number, values: readonly number[]): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(values, at);
  return copy;
}

describe('bombs', () => {
  const MIB = 1024 * 1024;

  it('a zip that claims terabytes takes no memory', async () => {
    const entries = Array.from({ length: 500 }, (_, index): ZipEntry => ({ name: `bomb${index}.class`, data: 'x', claimedBytes: 4_000_000_000 }));
    const before = process.memoryUsage().rss;
    expect(await rulesOf('claims.jar', writeZip(entries))).toEqual(expect.arrayContaining(['compression-bomb', 'unpacked-size']));
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MIB);
  });

  it('an entry that unpacks to more than it claims is cut off and told of', async () => {
    const lying = writeZip([CODE, { name: 'inner.jar', data: Buffer.alloc(30 * MIB), claimedBytes: 100 }]);
    expect(await rulesOf('lying.zip', lying)).toContain('unreadable-archive');
  });

  it('a stream that does not end is given up', async () => {
    const zeros = gzipSync(writeTar([{ name: 'a.js', data: Buffer.alloc(5 * MIB) }]));
    const findings = await rulesOf('zeros.tgz', zeros, { bounds: { streamBytes: MIB } });
    expect(findings).toEqual(expect.arrayContaining(['compression-bomb', 'partly-unread']));
  });

  it('archives in archives in archives are not followed', async () => {
    let nested = ZIP;
    for (let depth = 0; depth < 50; depth += 1) nested = writeZip([{ name: 'inner.zip', data: nested }]);
    const { artifacts } = await lintArtifact(await folder.write('deep.zip', nested));
    expect(artifacts[0]?.entries).toBe(2);
  });

  it('many archives share one bound', async () => {
    const jars = Array.from({ length: 5 }, (_, index): ZipEntry => ({ name: `lib/a${index}.jar`, data: ZIP }));
    expect(await rulesOf('many.war', writeZip([CODE, ...jars]), { bounds: { allNestedBytes: ZIP.length * 3 } })).toContain('partly-unread');
  });

  it('100,000 entries are counted, and no more than the bound', async () => {
    const zip = writeZip(Array.from({ length: 100_000 }, (_, index): ZipEntry => ({ name: `f/${index}.js`, method: 0 })), { isZip64: true });
    const path = await folder.write('entries.zip', zip);
    expect((await lintArtifact(path)).artifacts[0]?.entries).toBe(100_000);
    const bounded = await lintArtifact(path, { bounds: { entries: 1000 } });
    expect(bounded.artifacts[0]?.entries).toBe(1000);
    expect(bounded.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['entry-count', 'partly-unread']));
  });

  it('text that is made to keep patterns busy is judged at once', async () => {
    const texts = ['/*'.repeat(200_000), '\n'.repeat(400_000), 'SECRET_'.repeat(50_000), 'machine x '.repeat(30_000), '-----BEGIN A '.repeat(30_000), '__commonJS '.repeat(30_000)];
    const entries = texts.flatMap((data, index): readonly ZipEntry[] => [{ name: `${index}.js`, data }, { name: `${index}.env`, data }, { name: `${index}.pem`, data }]);
    const startedMs = process.cpuUsage().user / 1000;
    await lint('busy.zip', writeZip(entries));
    // CPU time of this process, which other programs on the machine cannot use up.
    expect(process.cpuUsage().user / 1000 - startedMs).toBeLessThan(20_000);
  });

  it('a sparse file of 3 GB is not read', async () => {
    const path = await folder.write('sparse.zip', 'PK\x03\x04');
    await truncate(path, 3 * 2 ** 30);
    const { findings } = await lintArtifact(path);
    expect(findings.map(({ rule }) => rule)).toContain('unreadable-archive');
  });
});

describe('names', () => {
  it.each([
    ['../x.js', 'leads out of the archive'],
    ['a/../../x.js', 'leads out of the archive'],
    ['/etc/x.js', 'is absolute'],
    ['C:/x.js', 'names a drive'],
    ['a\\x.js', 'has \\ between folders'],
    ['a\\..\\x.js', 'leads out of the archive'],
    ['x\0.js', 'holds a NUL'],
  ])('%j is reported in zip and tar, and written nowhere', async (name, wanted) => {
    expect(await lint('trap.zip', writeZip([CODE, { name, data: 'x' }]))).toContainEqual(expect.objectContaining({ rule: 'unsafe-entry-name', place: name, sentence: expect.stringContaining(wanted) }));
    // A tar ends a name at its first NUL.
    if (!name.includes('\0')) expect(await rulesOf('trap.tar', writeTar([{ name: 'a.js' }, { name, data: 'x' }]))).toContain('unsafe-entry-name');
  });

  it('of control characters and endless ones are shown safely', async () => {
    const [finding] = await lint('odd.zip', writeZip([CODE, { name: `\u001B[31m${'a'.repeat(500)}.js`, data: 'x' }]));
    expect(finding).toMatchObject({ rule: 'unprintable-entry-name', sentence: expect.stringContaining('\\u{1b}[31maaa') });
    expect(finding?.sentence.length).toBeLessThan(250);
  });

  it.each([
    ['shop-1.2.3.war', 'a version'],
    ['shop_v2.0.jar', 'a version'],
    ['shop-1.0.tar.gz', 'a version'],
    ['shop-SNAPSHOT.jar', 'a snapshot'],
    ['shop-20261126.zip', 'a date'],
    ['shop-2026-11-26.zip', 'a date'],
    ['shop-3f2a1b4.zip', 'a commit'],
    ['shop-build123.zip', 'a build number'],
    ['shop-1234.zip', 'a build number'],
    ['shop.zip', null],
    ['log4j2-shop.jar', null],
    ['shop-v2.jar', null],
    ['shop-x86.zip', null],
    ['web-facade.zip', null],
  ])('%s contains %p', async (name, wanted) => {
    const found = (await lint('plain.zip', ZIP), await lintArtifact([{ path: await folder.write('plain.zip', ZIP), name }])).findings.filter(({ rule }) => rule === 'versioned-artifact-name');
    expect(found.map(({ sentence }) => sentence)).toEqual(wanted === null ? [] : [expect.stringContaining(wanted)]);
  });
});

describe('the outcome', () => {
  it('lists errors first, then warnings, for every artifact by its name on the platform', async () => {
    const one = await folder.write('one-1.0.zip', ZIP);
    const two = await folder.write('two.rar', Buffer.from('Rar!\x1a\x07\x00', 'latin1'));
    const { findings, artifacts } = await lintArtifact([one, { path: two, name: 'second.rar' }]);
    expect(findings.map(({ rule, artifact }) => [rule, artifact])).toEqual([['unsupported-type', 'second.rar'], ['versioned-artifact-name', 'one-1.0.zip']]);
    expect(artifacts).toEqual([
      { artifact: 'one-1.0.zip', path: one, format: 'zip', entries: 2 },
      { artifact: 'second.rar', path: two, format: 'rar', entries: 1 },
    ]);
  });

  it('samples classes within bounds, and says of how many it speaks', async () => {
    const data = writeClass({ hasLineNumbers: false });
    const jar = writeZip(Array.from({ length: 40 }, (_, index): ZipEntry => ({ name: `com/shop/Class${index}.class`, data })));
    expect(await lint('sampled.jar', jar, { bounds: { classes: 12 } })).toMatchObject([{ rule: 'java-no-line-numbers', sentence: expect.stringContaining('of 12 that were read (12)') }]);
  });

  it('ends with the reason of its signal', async () => {
    const reason = new Error('stopped');
    await expect(lintArtifact(await folder.write('stopped.zip', ZIP), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
