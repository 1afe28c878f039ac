import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseSaveAs, savedName } from './save-as.js';

describe('savedName', () => {
  it.each([
    ['no rule', [], 'a.jar', 'a.jar'],
    ['a plain rename', ['shop-1.2.war=shop.war'], 'shop-1.2.war', 'shop.war'],
    ['a wildcard', ['shop-*.war=shop.war'], 'shop-2.0-rc.war', 'shop.war'],
    ['another file', ['shop-*.war=shop.war'], 'till-1.war', 'till-1.war'],
    ['the first rule that matches', ['*.war=first.war', 'shop*=second.war'], 'shop.war', 'first.war'],
    ['what wildcards matched', ['*-?.*=$2-$1.$3'], 'shop-1.war', '1-shop.war'],
    ['a dollar', ['*.js=$$$1.js'], 'jquery.js', '$jquery.js'],
    ['an equals sign in a file name', ['a=b.jar=c.jar'], 'a=b.jar', 'c.jar'],
    ['characters that mean something elsewhere', ['a+(b).jar=c.jar'], 'a+(b).jar', 'c.jar'],
    ['a name with a line break', ['a*b=c'], 'a\nb', 'c'],
  ])('%s', (_name, texts, fileName, wanted) => {
    const { rules, issues } = parseSaveAs(texts);
    expect(issues).toEqual([]);
    expect(savedName(fileName, rules).name).toBe(wanted);
  });

  it('finds every file by its own name, whatever its characters mean elsewhere, and by *', () => {
    const fileName = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !text.includes('/'));
    fc.assert(
      fc.property(fileName, (name) => {
        for (const pattern of [name, '*']) {
          const { rules, issues } = parseSaveAs([`${pattern}=new.jar`]);
          expect(issues).toEqual([]);
          expect(savedName(name, rules).name).toBe('new.jar');
        }
        expect(savedName(name, parseSaveAs(['*=$1']).rules).name).toBe(name);
        expect(savedName(name, []).name).toBe(name);
      }),
    );
  });
});

describe('parseSaveAs', () => {
  it.each([
    ['shop.war', 'PATTERN=NAME'],
    ['=shop.war', 'PATTERN=NAME'],
    ['shop-*.war=', 'PATTERN=NAME'],
    ['dist/*.war=shop.war', 'without folders'],
    ['*.war=$2.war', 'a wildcard for each number'],
  ])('refuses %p', (text, wanted) => {
    const { rules, issues } = parseSaveAs(['*=x', text]);
    expect(rules).toHaveLength(1);
    expect(issues).toEqual([{ path: 'saveAs[1]', got: expect.any(String), wanted: expect.stringContaining(wanted) }]);
  });
});
