import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createPathMapper, type PathMapping } from './path-mapper.js';
import { createPathMappingCounter } from './path-mapping-tally.js';
import { parsePathRule, type PathRule } from './path-rule.js';

const mapped = (path: string): PathMapping => ({ kind: 'mapped', path, by: 'index' });
const ambiguous = (...candidates: string[]): PathMapping => ({ kind: 'ambiguous', candidates });
const UNMATCHED: PathMapping = { kind: 'unmatched' };

function map(file: string, files: readonly string[], module: string | null = null): PathMapping {
  return createPathMapper({ files, rootNames: ['shop'] })({ file, module });
}

type Row = readonly [name: string, file: string, files: readonly string[], wanted: PathMapping];

const JAVA = ['backend/src/main/java/com/example/Foo.java', 'backend/src/main/java/com/example/Bar.java', 'README.md'];
const FOO = mapped('backend/src/main/java/com/example/Foo.java');

describe('createPathMapper', () => {
  it.each<Row>([
    ['a package path', 'com/example/Foo.java', JAVA, FOO],
    ['classes of a WAR', '/WEB-INF/classes/com/example/Foo.java', JAVA, FOO],
    ['classes of a named WAR', 'shop.war/WEB-INF/classes/com/example/Foo.java', JAVA, FOO],
    ['a JAR in a Spring Boot JAR', 'shop.jar!/BOOT-INF/lib/core-1.2.jar!/com/example/Foo.java', JAVA, FOO],
    ['a bare file name', 'Foo.java', JAVA, FOO],
    ['another package', 'org/other/Foo.java', JAVA, UNMATCHED],
    ['a package that ends in the same way', 'org/example/Foo.java', JAVA, UNMATCHED],
    ['a rooted package that ends in the same way', '/org/example/Foo.java', JAVA, UNMATCHED],
    ['a class that is not in the repository', 'org/apache/Tool.java', JAVA, UNMATCHED],
    ['production code before tests', 'com/example/Foo.java', [...JAVA, 'backend/src/test/java/com/example/Foo.java'], FOO],
    ['sources before what a build wrote', 'WEB-INF/classes/com/example/Foo.java', [...JAVA, 'target/shop/WEB-INF/classes/com/example/Foo.java'], FOO],
    ['what a build wrote, when there is nothing else', 'com/example/Gen.java', ['target/generated-sources/com/example/Gen.java'], mapped('target/generated-sources/com/example/Gen.java')],
    ['two modules', 'com/example/Foo.java', [...JAVA, 'shop/src/main/java/com/example/Foo.java'], ambiguous(...['backend', 'shop'].map((at) => `${at}/src/main/java/com/example/Foo.java`))],
    ['an Android module', 'com/example/Main.java', ['app/src/main/java/com/example/Main.java'], mapped('app/src/main/java/com/example/Main.java')],
    ['a page', 'WEB-INF/views/login.jsp', ['src/main/webapp/WEB-INF/views/login.jsp'], mapped('src/main/webapp/WEB-INF/views/login.jsp')],
    ['a compiled page', 'org/apache/jsp/WEB_002dINF/views/log_005fin_jsp.java', ['src/main/webapp/WEB-INF/views/log_in.jsp'], mapped('src/main/webapp/WEB-INF/views/log_in.jsp')],
  ])('Java: %s', (_name, file, files, wanted) => {
    expect(map(file, files)).toEqual(wanted);
  });

  it.each<Row>([
    ['Kotlin: package folders', 'com/example/Foo.kt', ['app/src/main/kotlin/com/example/Foo.kt'], mapped('app/src/main/kotlin/com/example/Foo.kt')],
    ['Kotlin: without the common package', 'com/example/Foo.kt', ['src/main/kotlin/Foo.kt'], mapped('src/main/kotlin/Foo.kt')],
    ['Scala', 'com/example/Foo.scala', ['src/main/scala/com/example/Foo.scala'], mapped('src/main/scala/com/example/Foo.scala')],
    ['.NET: the place of a build on Windows', String.raw`C:\agent\_work\1\s\Shop.Web\Controllers\OrderController.cs`, ['src/Shop.Web/Controllers/OrderController.cs'], mapped('src/Shop.Web/Controllers/OrderController.cs')],
    ['.NET: spelled in lower case', 'c:/agent/_work/1/s/shop.web/controllers/ordercontroller.cs', ['Shop.Web/Controllers/OrderController.cs'], mapped('Shop.Web/Controllers/OrderController.cs')],
    ['.NET: namespaces as folders', 'Shop/Web/Controllers/OrderController.cs', ['src/Shop.Web/Controllers/OrderController.cs'], mapped('src/Shop.Web/Controllers/OrderController.cs')],
    ['.NET: the full name of a type', 'Shop.Web.Controllers.OrderController.cs', ['src/Shop.Web/Controllers/OrderController.cs'], mapped('src/Shop.Web/Controllers/OrderController.cs')],
    ['.NET: several projects', 'Program.cs', ['A/Program.cs', 'B/Program.cs'], ambiguous('A/Program.cs', 'B/Program.cs')],
    ['Python: a package', 'shop/orders/views.py', ['src/shop/orders/views.py', 'src/shop/users/views.py'], mapped('src/shop/orders/views.py')],
    ['Python: in an archive', 'shop.zip/orders/views.py', ['orders/views.py'], mapped('orders/views.py')],
    ['Python: in a container', '/app/orders/views.py', ['services/web/orders/views.py'], mapped('services/web/orders/views.py')],
    ['Python: a script in bin', 'bin/run.py', ['bin/run.py', 'src/bin/run.py'], mapped('bin/run.py')],
    ['JavaScript: sources before bundles', 'static/app.js', ['web/static/app.js', 'dist/static/app.js'], mapped('web/static/app.js')],
    ['JavaScript: webpack', 'webpack:///./src/app/login.ts', ['client/src/app/login.ts'], mapped('client/src/app/login.ts')],
    ['JavaScript: many of one name', 'src/cart/index.js', ['src/cart/index.js', 'src/user/index.js', 'index.js'], mapped('src/cart/index.js')],
    ['Go: a module path', 'github.com/example/shop/internal/store/order.go', ['internal/store/order.go'], mapped('internal/store/order.go')],
    ['Go: a folder of the repository name', 'shop/main.go', ['main.go'], mapped('main.go')],
    ['Go: a main of a library', 'github.com/other/tool/main.go', ['main.go'], UNMATCHED],
    ['C++: the place of a build', '/home/ci/build-77/src/net/socket.cpp', ['src/net/socket.cpp'], mapped('src/net/socket.cpp')],
    ['C++: relative to a build folder', '../../src/net/socket.cpp', ['src/net/socket.cpp'], mapped('src/net/socket.cpp')],
    ['C++: a system header', '/usr/include/c++/13/vector', ['include/vector'], UNMATCHED],
    ['PHP', 'var/www/html/admin/login.php', ['admin/login.php'], mapped('admin/login.php')],
  ])('%s', (_name, file, files, wanted) => {
    expect(map(file, files)).toEqual(wanted);
  });

  it.each<readonly [name: string, module: string | null, wanted: PathMapping]>([
    ['names the folder', 'web.war', mapped('web/src/A.java')],
    ['names it with a version', 'web-1.2.0-SNAPSHOT.jar', mapped('web/src/A.java')],
    ['names it in the words of the platform', 'JS files within web.war', mapped('web/src/A.java')],
    ['is written in capitals', 'WEB.WAR', mapped('web/src/A.java')],
    ['names another folder', 'shop.war', ambiguous('api/src/A.java', 'web/src/A.java')],
    ['is not known', null, ambiguous('api/src/A.java', 'web/src/A.java')],
  ])('breaks a tie by a module that %s', (_name, module, wanted) => {
    expect(map('A.java', ['api/src/A.java', 'web/src/A.java'], module)).toEqual(wanted);
  });

  it.each<readonly [name: string, file: string, files: readonly string[], wanted: PathMapping]>([
    ['prefers the exact spelling', 'src/foo.js', ['src/Foo.js', 'src/foo.js'], mapped('src/foo.js')],
    ['ignores case when nothing is spelled so', 'SRC/FOO.JS', ['src/foo.js'], mapped('src/foo.js')],
    ['does not guess between two spellings', 'src/FOO.js', ['src/Foo.js', 'src/foo.js'], ambiguous('src/Foo.js', 'src/foo.js')],
  ])('%s', (_name, file, files, wanted) => {
    expect(map(file, files)).toEqual(wanted);
  });

  it.each<readonly [name: string, file: string | null, wanted: PathMapping]>([
    ['nothing', null, { kind: 'no-path' }],
    ['an empty text', '', UNMATCHED],
    ['slashes', '///', UNMATCHED],
    ['the way out', '../../../../etc/passwd', UNMATCHED],
    ['a control character', 'com/example/Foo.java\u0000', UNMATCHED],
    ['a text without end', `${'a/'.repeat(5000)}Foo.java`, UNMATCHED],
    ['a name of Object.prototype', '__proto__/constructor', UNMATCHED],
  ])('makes nothing of %s', (_name, file, wanted) => {
    expect(createPathMapper({ files: JAVA })({ file, module: null })).toEqual(wanted);
  });

  it('answers twenty thousand paths of one name in a checkout full of it', () => {
    const files = Array.from({ length: 20_000 }, (_, index) => `packages/p${index}/src/index.js`);
    const mapper = createPathMapper({ files });
    const answers = files.map((_, index) => mapper({ file: `p${index}/src/index.js`, module: null }));
    expect(answers).toEqual(files.map(mapped));
    expect(mapper({ file: 'index.js', module: null })).toMatchObject({ kind: 'ambiguous' });
  });

  it('only ever gives files of the checkout, and the same ones whatever the order', () => {
    const segment = fc.constantFrom('src', 'main', 'java', 'com', 'A.java', 'a.java', 'target', 'test', '..');
    const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 15 }), path, (files, file) => {
        const mapping = map(file, files);
        if (mapping.kind === 'mapped') expect(files).toContain(mapping.path);
        expect(map(file, files.toReversed())).toEqual(mapping);
      }),
    );
  });
});

function rule(text: string): PathRule {
  const parsed = parsePathRule(text);
  if ('wanted' in parsed) throw new Error(parsed.wanted);
  return parsed;
}

describe('rules', () => {
  const files = ['api/src/A.java', 'web/src/A.java', 'gen/x/B.java'];
  const ruled = (path: string): PathMapping => ({ kind: 'mapped', path, by: 'rule' });

  it.each<readonly [name: string, rules: readonly string[], file: string, wanted: PathMapping]>([
    ['a prefix', ['shop.war/classes=api/src'], 'shop.war/classes/A.java', ruled('api/src/A.java')],
    ['a prefix ends with a segment', ['shop=api/src'], 'shop.war/A.java', ambiguous('api/src/A.java', 'web/src/A.java')],
    ['a Windows path', [String.raw`C:\build\s=api\src`], String.raw`C:\build\s\A.java`, ruled('api/src/A.java')],
    ['a star within a segment', ['*.war/classes/=web/src/'], 'any.war/classes/A.java', ruled('web/src/A.java')],
    ['any number of folders', ['**/generated=gen'], 'build/a/b/generated/x/B.java', ruled('gen/x/B.java')],
    ['to the root', ['work='], 'work/gen/x/B.java', ruled('gen/x/B.java')],
    ['a whole path', ['Old.java=web/src/A.java'], 'Old.java', ruled('web/src/A.java')],
    ['case is ignored when nothing is spelled so', ['w=API/SRC'], 'w/a.java', ruled('api/src/A.java')],
    ['the first one that fits', ['x=api/src', '**=web/src'], 'x/A.java', ruled('api/src/A.java')],
    ['a file that is not there is told', ['x=api/src'], 'x/Gone.java', { kind: 'rule-missed', rule: 'x=api/src', path: 'api/src/Gone.java' }],
    ['none that fits', ['x=api/src'], 'B.java', mapped('gen/x/B.java')],
  ])('%s', (_name, rules, file, wanted) => {
    expect(createPathMapper({ files, rules: rules.map(rule) })({ file, module: null })).toEqual(wanted);
  });

  it.each(['', 'x', '=x', ' = x', 'x=../y', 'x=y/*', '/=x'])('refuses %j', (text) => {
    expect(parsePathRule(text)).toMatchObject({ path: 'pathRule', got: `"${text}"` });
  });

  it('takes no long time over many stars', () => {
    const mapper = createPathMapper({ files, rules: [rule(`${'**/*a*a*a*a*b/'.repeat(30)}=x`)] });
    expect(mapper({ file: `${'aaaaaaaaaaaaaaaa/'.repeat(150)}A.java`, module: null }).kind).toBe('unmatched');
  });
});

describe('createPathMappingCounter', () => {
  it('counts by what became of them', () => {
    const counter = createPathMappingCounter();
    const mapper = createPathMapper({ files: ['a/X.java', 'b/X.java', 'Y.java'], rules: [rule('r=s')] });
    for (const file of ['Y.java', 'Y.java', 'X.java', 'Z.java', 'r/Q.java', null]) counter.add(mapper({ file, module: null }));
    expect(counter.tally()).toEqual({ withPath: 5, mapped: 2, ambiguous: 1, unmatched: 1, ruleMissed: 1, withoutPath: 1 });
  });
});
