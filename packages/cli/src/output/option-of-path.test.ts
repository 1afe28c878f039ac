import { describe, expect, it } from '@jest/globals';

import { optionOfPath } from './option-of-path.js';

describe('optionOfPath', () => {
  it.each([
    ['app', 'nothing', '--app'],
    ['pollInterval', '10 s', '--poll-interval'],
    ['file[2]', 'an empty file', '--file'],
    ['VERAPIPE_TIEMOUT', 'an unknown variable', 'VERAPIPE_TIEMOUT'],
    ['HTTPS_PROXY', 'a text', 'HTTPS_PROXY'],
    ['appNmae', 'an unknown option', '--appNmae'],
    ['arguments', '"x"', 'arguments'],
    ['x\u001b[2J', 'an unknown option', '--x\ufffd[2J'],
  ])('%p with %p is %p', (path, got, wanted) => {
    expect(optionOfPath({ path, got })).toBe(wanted);
  });
});
