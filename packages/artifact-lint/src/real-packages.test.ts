import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { type Built, buildJars, buildNpmPackage, buildWheel } from '../test/build-packages.js';
import { useTemporaryFolder } from '../test/temporary-folder.js';
import { writeAssembly } from '../test/write-assembly.js';
import { writeZip } from '../test/write-zip.js';
import { lintArtifact } from './index.js';

// Built while the tests are declared: a package that cannot be built here stands in the list as not run, with the reason.
const top = await mkdtemp(join(tmpdir(), 'verapipe-packages-'));
const [jars, npmPackage, wheel] = await Promise.all([buildJars(join(top, 'maven')), buildNpmPackage(join(top, 'npm')), buildWheel(join(top, 'pip'))]);

afterAll(() => rm(top, { recursive: true }));

const folder = useTemporaryFolder();

async function findingsIn(path: string): Promise<readonly string[]> {
  const { findings } = await lintArtifact(path);
  return findings.map(({ rule, place, sentence }) => `${rule} | ${place ?? 'whole'} | ${sentence}`);
}

function itWith(built: Built, name: string, findings: readonly unknown[]): void {
  const missing = 'reason' in built ? `, not run: ${built.reason}` : '';
  (missing === '' ? it : it.skip)(`${name}${missing}`, async () => {
    if ('reason' in built) throw new Error(built.reason);
    expect(await findingsIn(built.path)).toEqual(findings);
  });
}

describe('Java, built by Maven', () => {
  itWith(jars.withDebug, 'a jar with debug information has no findings', []);

  itWith(jars.withoutDebug, 'a jar without is told of', [
    'java-no-line-numbers | org/example/shop/Cart.class | Classes without line numbers, of 1 that were read (1): org/example/shop/Cart.class.',
  ]);
});

describe('JavaScript, packed by npm', () => {
  itWith(npmPackage, 'a package with a minified script, a test and a token', [
    'minified-script | package/dist/shop.min.js | Minified scripts without the file that they were made of (1): package/dist/shop.min.js.',
    'test-code | package/test/shop.test.js | Files for tests (1): package/test/shop.test.js.',
    'no-lock-file | package/package.json | Manifests of npm without a lock file (1): package/package.json.',
    'versioned-artifact-name | whole | Its name contains a version: with the next one, known findings look like new ones.',
    'secret-file | package/.env | Files that are likely to hold secrets (1): package/.env.',
  ]);
});

describe('Python, built by pip', () => {
  itWith(wheel, 'a wheel with tests', [
    expect.stringContaining('archive-extension | whole | It is an archive with the extension .whl'),
    'test-code | shop/tests/__init__.py | Files for tests (2): shop/tests/__init__.py, shop/tests/test_shop.py.',
    'versioned-artifact-name | whole | Its name contains a version: with the next one, known findings look like new ones.',
  ]);
});

// There is no .NET compiler here: the stand-ins have the headers of assemblies, and no code.
describe('.NET, by stand-ins for assemblies', () => {
  const assembly = writeAssembly({ isManaged: true, hasEmbeddedPdb: false });
  const embedded = writeAssembly({ isManaged: true, hasEmbeddedPdb: true });
  const native = writeAssembly({ isManaged: false, hasEmbeddedPdb: false });

  it('a publish folder of which one assembly has no debug information', async () => {
    const publish = writeZip([
      { name: 'Shop.Web.dll', data: assembly },
      { name: 'Shop.Web.pdb', data: 'BSJB' },
      { name: 'Shop.Core.dll', data: embedded },
      { name: 'Shop.Data.dll', data: assembly },
      { name: 'Microsoft.Data.SqlClient.dll', data: assembly },
      { name: 'sni.dll', data: native },
      { name: 'de/Shop.Web.resources.dll', data: embedded },
      { name: 'fr/Shop.Web.resources.dll', data: embedded },
    ]);
    expect(await findingsIn(await folder.write('shop.zip', publish))).toEqual(['dotnet-no-pdb | Shop.Data.dll | Assemblies without a .pdb beside them or inside, of 5 that were read (1): Shop.Data.dll.']);
  });

  it('a single assembly', async () => {
    expect(await findingsIn(await folder.write('Shop.Core.dll', embedded))).toEqual([]);
    expect(await findingsIn(await folder.write('Shop.Data.dll', assembly))).toEqual(['dotnet-no-pdb | Shop.Data.dll | Assemblies without a .pdb beside them or inside, of 1 that were read (1): Shop.Data.dll.']);
  });
});
