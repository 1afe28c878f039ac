import { gzipSync } from 'node:zlib';

import type { LintBounds, LintTarget } from '../src/index.js';
import { writeAssembly } from './write-assembly.js';
import { writeClass } from './write-class.js';
import { writeTar } from './write-tar.js';
import { writeZip, type ZipEntry } from './write-zip.js';

/** Files of one run by name, and what is special about it. */
export interface Example {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly target?: LintTarget;
  readonly bounds?: Partial<LintBounds>;
}

/** For one rule: an artifact that it complains about and where, and one next to it that is fine. */
export interface RuleExample {
  readonly bad: Example;
  /** Within the artifact. */
  readonly place: string | null;
  /** Part of the sentence. */
  readonly says: string;
  readonly good: Example;
}

const MIB = 1024 * 1024;
const CODE = 'export const answer = 42;\n';
const KEY = `-----BEGIN PRIVATE KEY-----\n${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo'.repeat(3)}\n-----END PRIVATE KEY-----\n`;
const MINIFIED = `/* licence */\n${'function a(b){return b+1}var c=a(2);'.repeat(60)}`;
const BUNDLE = `/******/ (() => { // webpackBootstrap\n${'  const one = __webpack_require__(1);\n'.repeat(20)}})();\n`;
const WITH_LINES = writeClass({ hasLineNumbers: true });
const WITHOUT_LINES = writeClass({ hasLineNumbers: false });
const SHOP_DLL = writeAssembly({ isManaged: true, hasEmbeddedPdb: false });

/** A file with some code in it, a file by name and content, or an entry in every detail. */
type Piece = string | readonly [name: string, data: string | Uint8Array] | ZipEntry;

function zip(...pieces: readonly Piece[]): Buffer {
  return writeZip(pieces.map(entryOf));
}

function entryOf(piece: Piece): ZipEntry {
  if (typeof piece === 'string') return { name: piece, data: CODE };
  return isPair(piece) ? { name: piece[0], data: piece[1] } : piece;
}

function isPair(piece: Piece): piece is readonly [string, string | Uint8Array] {
  return Array.isArray(piece);
}

function shop(...pieces: readonly Piece[]): Example {
  return { files: { 'shop.zip': zip(...pieces) } };
}

function classes(count: number, nameOf: (index: number) => string): readonly ZipEntry[] {
  return Array.from({ length: count }, (_, index) => ({ name: `com/shop/${nameOf(index)}.class`, data: WITH_LINES }));
}

const letters = (index: number): string => `${String.fromCharCode(97 + Math.floor(index / 26))}${String.fromCharCode(97 + (index % 26))}`;

/** One for each rule. */
export const EXAMPLES: Readonly<Record<string, RuleExample>> = {
  'unreadable-archive': {
    bad: { files: { 'shop.war': zip('index.jsp', 'cart.jsp').subarray(0, -30) } },
    place: null,
    says: 'shop.war (',
    good: { files: { 'shop.war': zip('index.jsp', 'cart.jsp') } },
  },
  'encrypted-archive': { bad: shop('a.js', { name: 'b.js', data: CODE, isEncrypted: true }), place: 'b.js', says: '(1)', good: shop('a.js', 'b.js') },
  'unsupported-type': { bad: { files: { 'shop.rar': Buffer.from('Rar!\x1a\x07\x00 and so on', 'latin1') } }, place: null, says: 'rar', good: shop('a.js') },
  'name-differs-from-content': {
    bad: { files: { 'shop.zip': gzipSync(writeTar([{ name: 'a.js', data: CODE }])) } },
    place: null,
    says: 'gzip',
    good: { files: { 'shop.jar': writeZip([{ name: 'A.class', data: WITH_LINES }], { prefix: '#!/bin/sh\nexec java -jar "$0"\n' }) } },
  },
  'archive-extension': { bad: { files: { 'shop-py3-none-any.whl': zip('shop/views.py') } }, place: null, says: '.whl', good: { files: { 'shop.tgz': gzipSync(writeTar([{ name: 'a.js', data: CODE }])) } } },
  'empty-archive': { bad: shop('src/', 'lib/'), place: null, says: 'no file', good: shop('src/', 'src/a.js') },
  'nested-archive': { bad: shop('a.js', ['lib/inner.zip', zip('b.js')]), place: 'lib/inner.zip', says: '(1)', good: shop('a.js', ['lib/inner.jar', zip(['B.class', WITH_LINES])]) },
  'archive-of-archives': {
    bad: shop(['backend.zip', zip('a.js')], ['frontend.tgz', gzipSync(writeTar([{ name: 'b.js', data: CODE }]))], 'README'),
    place: 'backend.zip',
    says: '(2)',
    good: shop(['backend.zip', zip('a.js')], 'index.js'),
  },
  'deep-archive': {
    bad: { files: { 'shop.war': zip(['WEB-INF/lib/all.jar', zip(['lib/db.jar', zip(['Db.class', WITH_LINES])])]) } },
    place: 'WEB-INF/lib/all.jar!/lib/db.jar',
    says: '(1)',
    good: { files: { 'shop.ear': zip(['shop.war', zip(['WEB-INF/lib/db.jar', zip(['Db.class', WITH_LINES])])]) } },
  },
  'compression-bomb': {
    bad: shop('a.js', ['zeros.dat', Buffer.alloc(110 * MIB)]),
    place: 'zeros.dat',
    says: 'the largest to 110 MB',
    good: shop('a.js', ['zeros.dat', Buffer.alloc(MIB)]),
  },
  'unpacked-size': {
    bad: shop('a.js', { name: 'data.bin', data: 'x', claimedBytes: 4 * 2 ** 30 - 1, claimedPackedBytes: 2 ** 30 }, { name: 'more.bin', data: 'x', claimedBytes: 2 * 2 ** 30, claimedPackedBytes: 2 ** 30 }),
    place: null,
    says: 'Unpacked it is 6.0 GB',
    good: shop('a.js', { name: 'data.bin', data: 'x', claimedBytes: 2 ** 30 }),
  },
  'entry-count': {
    bad: { files: { 'shop.zip': writeZip(Array.from({ length: 50_001 }, (_, index) => ({ name: `f${index}.js`, method: 0 }))) } },
    place: null,
    says: '50001 files',
    good: { files: { 'shop.zip': writeZip(Array.from({ length: 50_000 }, (_, index) => ({ name: `f${index}.js`, method: 0 }))) } },
  },
  'unsafe-entry-name': { bad: shop('a.js', '../../etc/cron.d/job'), place: '../../etc/cron.d/job', says: 'leads out of the archive', good: shop('a.js', 'a..b/c.js') },
  'unprintable-entry-name': { bad: shop('a.js', { name: Buffer.from('Gr\xf6\xdfe.jsp', 'latin1'), data: CODE }), place: 'Größe.jsp', says: '(1)', good: shop('a.js', 'Größe.jsp') },
  'link-in-archive': {
    bad: { files: { 'shop.tar': writeTar([{ name: 'a.js', data: CODE }, { name: 'lib/db.jar', linkTo: '/opt/db.jar' }]) } },
    place: 'lib/db.jar',
    says: 'Links',
    good: { files: { 'shop.tar': writeTar([{ name: 'lib/' }, { name: 'lib/a.js', data: CODE }]) } },
  },
  'duplicate-entry': { bad: shop('index.php', 'Index.php'), place: 'Index.php', says: '(1)', good: shop('index.php', 'a/index.php') },
  'unsupported-compression': { bad: shop('a.js', { name: 'b.js', data: CODE, method: 14 }), place: 'b.js', says: 'number 14', good: shop('a.js', { name: 'b.js', data: CODE, method: 0 }) },
  'container-image': {
    bad: { files: { 'shop.tar': writeTar([{ name: 'manifest.json', data: '[]' }, { name: `${'0a'.repeat(32)}/layer.tar`, data: writeTar([]) }]) } },
    place: null,
    says: 'container image',
    good: { files: { 'shop.tar': writeTar([{ name: 'manifest.json', data: '{}' }, { name: 'a.js', data: CODE }]) } },
  },
  'partly-unread': {
    bad: { ...shop('a.js', ['lib/large.jar', zip(['A.class', WITH_LINES])]), bounds: { nestedBytes: 100 } },
    place: null,
    says: 'lib/large.jar (too large',
    good: shop('a.js', ['lib/large.jar', zip(['A.class', WITH_LINES])]),
  },
  'pipeline-size': {
    bad: { files: { 'shop.zip': writeZip([{ name: 'a.bin', data: Buffer.alloc(201 * MIB), method: 0 }]) }, target: 'pipeline-scan' },
    place: null,
    says: '201 MB',
    good: { files: { 'shop.zip': zip('a.js') }, target: 'pipeline-scan' },
  },
  'nothing-to-scan': { bad: shop(['README.md', 'text'], ['logo.svg', '<svg/>']), place: null, says: 'None of its 2 files', good: shop(['README.md', 'text'], 'a.py') },
  'source-without-binaries': {
    bad: shop('src/main/java/Shop.java', 'src/main/java/Cart.java', ['public/app.css', '']),
    place: 'src/main/java/Shop.java',
    says: '(2)',
    good: { files: { 'sources.zip': zip('src/Shop.java'), 'shop.jar': zip(['Shop.class', WITH_LINES]) } },
  },
  'java-no-line-numbers': {
    bad: { files: { 'shop.jar': zip(['A.class', WITHOUT_LINES], ['B.class', WITH_LINES], ['C.class', writeClass({ hasLineNumbers: false, isAbstract: true })]) } },
    place: 'A.class',
    says: 'of 2 that were read (1)',
    good: { files: { 'shop.jar': zip(['B.class', WITH_LINES], ['C.class', writeClass({ hasLineNumbers: false, isAbstract: true })]) } },
  },
  'dotnet-no-pdb': {
    bad: shop(['bin/Shop.Web.dll', SHOP_DLL], ['bin/Shop.Data.dll', SHOP_DLL], ['bin/shop.data.PDB', 'BSJB'], ['bin/System.Text.Json.dll', SHOP_DLL]),
    place: 'bin/Shop.Web.dll',
    says: 'of 2 that were read (1)',
    good: { files: { 'Shop.Web.dll': SHOP_DLL, 'Shop.Web.pdb': 'BSJB', 'Shop.Core.dll': writeAssembly({ isManaged: true, hasEmbeddedPdb: true, is64Bit: true }), 'native.dll': writeAssembly({ isManaged: false, hasEmbeddedPdb: false }) } },
  },
  'minified-script': { bad: shop(['public/shop.min.js', MINIFIED], 'public/other.js'), place: 'public/shop.min.js', says: '(1)', good: shop(['public/shop.min.js', MINIFIED], 'public/shop.js') },
  'bundled-script': { bad: shop(['dist/main.js', BUNDLE]), place: 'dist/main.js', says: 'joined by webpack', good: shop(['dist/main.js', BUNDLE], 'src/main.ts') },
  'python-bytecode-only': {
    bad: shop('shop/__init__.py', ['shop/__pycache__/views.cpython-312.pyc', 'x']),
    place: 'shop/__pycache__/views.cpython-312.pyc',
    says: '(1)',
    good: shop('shop/views.py', ['shop/__pycache__/views.cpython-312.pyc', 'x'], ['shop/views.pyc', 'x']),
  },
  'obfuscated-classes': {
    bad: { files: { 'app.jar': zip(...classes(30, letters), ...classes(10, (index) => `Shop${index}`)) } },
    place: 'com/shop/aa.class',
    says: 'of 40 (30)',
    good: { files: { 'app.jar': zip(...classes(5, letters), ...classes(40, (index) => `Shop${index}`)) } },
  },
  'node-modules': { bad: shop('a.js', 'node_modules/react/index.js', 'node_modules/react/a.js'), place: 'node_modules', says: '(2 files)', good: shop('a.js', 'lib/node_modules.js') },
  'virtual-environment': { bad: shop('a.py', ['env/pyvenv.cfg', ''], 'env/bin/x.py'), place: 'env', says: '(2 files)', good: shop('a.py', 'environment/x.py') },
  'version-control-folder': { bad: shop('a.js', '.git/HEAD', '.git/objects/ab/cd'), place: '.git', says: '(2 files)', good: shop('a.js', '.gitignore') },
  'test-code': { bad: shop('a.ts', 'src/cart.test.ts', 'test/b.ts'), place: 'src/cart.test.ts', says: '(2)', good: shop('a.ts', 'src/contest/latest.ts', 'src/attest.ts') },
  'duplicate-library': {
    bad: { files: { 'shop.war': zip(['WEB-INF/lib/commons-io-2.4.jar', zip('A.class')], ['WEB-INF/lib/commons-io-2.11.0.jar', zip('A.class')]) } },
    place: 'WEB-INF/lib/commons-io-2.4.jar',
    says: '2 times',
    good: { files: { 'shop.war': zip(['WEB-INF/lib/commons-io-2.4.jar', zip('A.class')], ['WEB-INF/lib/commons-lang-2.4.jar', zip('A.class')], ['WEB-INF/lib/netty-4.1-linux.jar', zip('A.class')], ['WEB-INF/lib/netty-4.1.jar', zip('A.class')]) } },
  },
  'shaded-jar': {
    bad: { files: { 'shop-all.jar': zip(['A.class', WITH_LINES], ['META-INF/maven/org.a/one/pom.properties', ''], ['META-INF/maven/org.b/two/pom.properties', '']) } },
    place: null,
    says: 'one, two',
    good: { files: { 'shop.jar': zip(['A.class', WITH_LINES], ['META-INF/maven/org.a/one/pom.properties', '']) } },
  },
  'sources-or-javadoc': { bad: { files: { 'shop-sources.jar': zip('com/Shop.java') } }, place: null, says: 'sources', good: { files: { 'sources.jar': zip(['A.class', WITH_LINES]) } } },
  'build-leftovers': { bad: shop('a.js', ['.idea/workspace.xml', '<x/>']), place: '.idea', says: '(1 file)', good: shop('a.js', ['idea/workspace.xml', '<x/>']) },
  'dead-weight': {
    bad: { files: { 'shop.zip': writeZip([{ name: 'a.js', data: CODE }, { name: 'intro.mp4', data: Buffer.alloc(51 * MIB), method: 0 }]) } },
    place: 'intro.mp4',
    says: 'are 51 MB of 51 MB (1)',
    good: shop('a.js', ['logo.png', Buffer.alloc(1000)]),
  },
  'no-lock-file': { bad: shop(['package/package.json', '{}'], 'package/a.js'), place: 'package/package.json', says: '(1)', good: shop(['package.json', '{}'], ['package-lock.json', '{}'], 'a.js') },
  'versioned-artifact-name': { bad: { files: { 'shop-2.14.0-SNAPSHOT.war': zip('index.jsp') } }, place: null, says: 'a version', good: { files: { 'shop-v2-frontend.war': zip('index.jsp') } } },
  'hashed-script-name': { bad: shop('static/main.3f2a1b4c.js'), place: 'static/main.3f2a1b4c.js', says: '(1)', good: shop('static/main.js', 'static/controllers.js', 'static/jquery-3.7.1.js') },
  'secret-file': {
    bad: shop('a.js', ['.npmrc', '//registry.example.com/:_authToken=abcdef0123456789'], ['conf/store.jks', 'x'], ['conf/application.properties', 'spring.datasource.password=hunter2']),
    place: '.npmrc',
    says: '(3)',
    good: shop('a.js', ['.npmrc', 'save-exact=true\n//registry.example.com/:_authToken=${NPM_TOKEN}\n'], ['.env.example', 'API_TOKEN=<your token>\nDB_PASSWORD=\n'], ['conf/application.properties', 'spring.datasource.password=${DB_PASSWORD}'], ['messages.properties', 'login.password=Password']),
  },
  'private-key': {
    bad: shop('a.js', ['conf/server.pem', KEY]),
    place: 'conf/server.pem',
    says: '(1)',
    good: shop('a.js', ['conf/ca.pem', KEY.replaceAll('PRIVATE KEY', 'CERTIFICATE')], ['docs/about.pem', 'It begins with -----BEGIN PRIVATE KEY-----']),
  },
};
