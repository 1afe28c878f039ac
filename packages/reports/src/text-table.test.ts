import { describe, expect, it } from '@jest/globals';

import { renderTextTable } from './text-table.js';

describe('a text table', () => {
  it('has columns as wide as their widest cell', () => {
    expect(renderTextTable(['NAME', 'OWNER'], [['feature/one', 'lee'], ['日本', 'x']], 80)).toBe('NAME         OWNER\nfeature/one  lee\n日本         x\n');
  });

  it('makes cells harmless, and cuts lines that are too long', () => {
    expect(renderTextTable(['NAME', 'OWNER'], [['a\u001b[31m', 'somebody with a long name']], 20)).toBe('NAME    OWNER\na\ufffd[31m  somebody wi…\n');
  });

  it('is its header without rows', () => {
    expect(renderTextTable(['NAME'], [], 80)).toBe('NAME\n');
  });
});
