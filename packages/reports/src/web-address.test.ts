import { describe, expect, it } from '@jest/globals';

import { webAddress } from './web-address.js';

describe('webAddress', () => {
  it.each([
    ['https://scan.example/a/b.jsp#View:1:2', 'https://scan.example/a/b.jsp#View:1:2'],
    ['https://user:secret@scan.example/x', 'https://scan.example/x'],
    ['HTTP://Scan.example:8080', 'http://scan.example:8080/'],
    ['https://[::1]:8/x', 'https://[::1]:8/x'],
    ['https://scan.example/[a]|b?c=[d]&e=50%#f#g"', 'https://scan.example/%5Ba%5D%7Cb?c=%5Bd%5D&e=50%25#f%23g%22'],
    ['https://scan.example/a\u202Egnp.exe', null],
    ['https://scan.example/%e2%80%ae', null],
    ['https://scan.example/half-\uD800', null],
    ['https://scan.example/ü/\u{1F600}', 'https://scan.example/%C3%BC/%F0%9F%98%80'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['git@gitlab.example:web/shop.git', null],
    ['//scan.example/x', null],
    ['', null],
    [null, null],
  ])('of %j is %j', (text, address) => {
    expect(webAddress(text)).toBe(address);
  });
});
