import { describe, expect, it } from '@jest/globals';

import { columnsOf, fit, fitEnd, printable } from './printable.js';

describe('printable', () => {
  it.each([
    ['plain text stays', 'SQL Injection, naïve 数据', 'SQL Injection, naïve 数据'],
    ['a colour', '\u001b[31mred', '\ufffd[31mred'],
    ['a title sequence', '\u001b]0;x\u0007', '\ufffd]0;x\ufffd'],
    ['an 8-bit sequence', '\u009b2J', '\ufffd2J'],
    ['line breaks', 'a\r\nb\nc\td', 'a b c d'],
    ['unusual line breaks', 'a\u2028b\u0085c', 'a\ufffdb\ufffdc'],
    ['turned writing', 'exe\u202egnp', 'exe\ufffdgnp'],
    ['invisible marks', 'pass\u200bword', 'pass\ufffdword'],
    ['half a surrogate pair', 'x\ud800y', 'x\ufffdy'],
    ['a command of Azure Pipelines', 'a ##vso[task.complete result=Succeeded;]', 'a ##_vso[task.complete result=Succeeded;]'],
    ['the same in capitals', '##VSO[x]', '##_VSO[x]'],
    ['a formatting command', '##[error]x', '##_[error]x'],
    ['a command hidden by a mark', '##\u200bvso[x]', '##\ufffdvso[x]'],
    ['a heading', '## vso', '## vso'],
  ])('%s', (_name, text, wanted) => {
    expect(printable(text)).toBe(wanted);
  });
});

describe('columnsOf', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['数据', 4],
    ['e\u0301', 1],
    ['👩‍💻', 2],
  ])('%p takes %p columns', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

describe('fit and fitEnd', () => {
  it.each([
    ['abcdef', 6, 'abcdef', 'abcdef'],
    ['abcdef', 4, 'abc…', '…def'],
    ['数据库', 4, '数…', '…库'],
    ['abc', 1, '…', '…'],
    ['abc', 0, '', ''],
  ])('%p in %p columns', (text, columns, start, end) => {
    expect(fit(text, columns)).toBe(start);
    expect(fitEnd(text, columns)).toBe(end);
  });
});
