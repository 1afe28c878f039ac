import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { PACKAGE } from './library-files.js';

const SOURCES = join(PACKAGE, 'src', 'verapipe', 'jenkins');
const FILES = readdirSync(SOURCES).map((file) => [file, readFileSync(join(SOURCES, file), 'utf8')] as const);

/**
 * Jenkins runs a pipeline in small pieces and writes its state down between them, which no Groovy outside of it does. What
 * would break there is held by rules: https://www.jenkins.io/doc/book/pipeline/cps-method-mismatches/
 */
describe('each file of the library', () => {
  const pure = FILES.filter(([, text]) => text.includes('NonCPS'));
  const stepping = FILES.filter(([, text]) => !text.includes('NonCPS'));

  it.each(pure)('%s runs in one go: every method says so, and none calls a step', (_file, text) => {
    const methods = [...text.matchAll(/((?:\n {4}@.+)*)\n {4}(?:private )?(?:static )?[\w<>, ]+ \w+\([^)]*\) \{/gu)].filter(([method]) => !/\n {4}[A-Z]\w+\(/u.test(method));
    expect(methods.length).toBeGreaterThan(0);
    expect(methods.filter(([, annotations = '']) => !annotations.includes('@NonCPS')).map(([method]) => method)).toEqual([]);
    expect(text).not.toContain('steps.');
  });

  it.each(stepping)('%s may call steps, and so uses no closures of collections and no matchers', (_file, text) => {
    expect(text).not.toMatch(/\.(?:each\w*|collect\w*|find\w*|any|every|sort|inject|grep|groupBy)\s*[({]|[=!]~|Matcher/u);
  });

  it.each(FILES)('%s can be written down, and asks for nothing that the sandbox of a folder refuses', (_file, text) => {
    expect(text).toMatch(/class \w+ implements Serializable/u);
    expect(text).not.toMatch(/\bnew File\b|\bSystem\.|ProcessBuilder|\.execute\(|@Grab|rawBuild|Jenkins\.(?:get|instance)/u);
  });

  it('is stepping where steps are called, and these are few', () => {
    expect(stepping.map(([file]) => file)).toEqual(['OptionTable.groovy', 'Publishing.groovy', 'RestartedRun.groovy', 'VerapipeStep.groovy']);
  });
});
