import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { Secret } from '../kernel/redact.js';
import { parseCredentialsFile } from './credentials-file.js';
import { editCredentialsFile } from './edit-credentials-file.js';

const PAIR = { apiId: 'NEW-ID', apiSecret: new Secret('NEW-KEY') };
const BOTH = 'veracode_api_key_id = NEW-ID\nveracode_api_key_secret = NEW-KEY\n';

describe('editCredentialsFile', () => {
  it.each<[name: string, before: string, profile: string, after: string]>([
    ['an empty file', '', 'default', `[default]\n${BOTH}`],
    ['a profile', '[default]\nveracode_api_key_id = a\nveracode_api_key_secret = b\n', 'default', `[default]\n${BOTH}`],
    [
      'one of several, with comments',
      '# ours\n[a]\nveracode_api_key_id=1\nveracode_api_key_secret=2\n\n; theirs\n[b]\n# keep\n  Veracode_API_Key_ID : 3\nveracode_api_key_secret:4\nother = x\n[c]\nveracode_api_key_id=5\n',
      'b',
      '# ours\n[a]\nveracode_api_key_id=1\nveracode_api_key_secret=2\n\n; theirs\n[b]\n# keep\n  Veracode_API_Key_ID : NEW-ID\nveracode_api_key_secret:NEW-KEY\nother = x\n[c]\nveracode_api_key_id=5\n',
    ],
    ['line ends of Windows', '[a]\r\nveracode_api_key_id=1\r\nveracode_api_key_secret=2\r\n', 'a', '[a]\r\nveracode_api_key_id=NEW-ID\r\nveracode_api_key_secret=NEW-KEY\r\n'],
    ['a file without sections', 'veracode_api_key_id=1\nveracode_api_key_secret=2', 'default', 'veracode_api_key_id=NEW-ID\nveracode_api_key_secret=NEW-KEY'],
    ['half a profile', '[a]\nveracode_api_key_id=1\n\n[b]\n', 'a', '[a]\nveracode_api_key_id=NEW-ID\nveracode_api_key_secret = NEW-KEY\n\n[b]\n'],
    ['half a profile with line ends of Windows', '[a]\r\nveracode_api_key_secret=1\r\n', 'a', '[a]\r\nveracode_api_key_secret=NEW-KEY\r\nveracode_api_key_id = NEW-ID\r\n'],
    ['an empty profile', '[a]\n# soon\n[b]\n', 'a', `[a]\n${BOTH}# soon\n[b]\n`],
    ['a profile that is not there, behind a line without end', '[a]\nveracode_api_key_id=1', 'b', `[a]\nveracode_api_key_id=1\n\n[b]\n${BOTH}`],
    ['a line twice', '[a]\nveracode_api_key_id=1\nveracode_api_key_id=2\nveracode_api_key_secret=3\n', 'a', '[a]\nveracode_api_key_id=NEW-ID\nveracode_api_key_id=NEW-ID\nveracode_api_key_secret=NEW-KEY\n'],
    ['a mark at the beginning', '\uFEFFveracode_api_key_id=1\nveracode_api_key_secret=2\n', 'default', '\uFEFFveracode_api_key_id=NEW-ID\nveracode_api_key_secret=NEW-KEY\n'],
    ['a pair that was commented out', '[a]\n# veracode_api_key_id = 1\n;veracode_api_key_secret=2\n', 'a', `[a]\n${BOTH}# veracode_api_key_id = 1\n;veracode_api_key_secret=2\n`],
    ['a section with a comment, and what only looks like one', '[a] ; ours\nother = [b]\n[b] no section\nveracode_api_key_id=1\n', 'a', '[a] ; ours\nother = [b]\n[b] no section\nveracode_api_key_id=NEW-ID\nveracode_api_key_secret = NEW-KEY\n'],
    ['a profile with another setting', '[a]\nother=1\n# end\n', 'a', `[a]\nother=1\n${BOTH}# end\n`],
    ['a file of other settings', 'other=1\n', 'default', `other=1\n\n[default]\n${BOTH}`],
    ['a section-less half, with other settings', 'veracode_api_key_id=1\nother=1', 'default', 'veracode_api_key_id=NEW-ID\nveracode_api_key_secret = NEW-KEY\nother=1'],
    ['a file that ends with a blank line', '[a]\nother=1\n \n', 'b', `[a]\nother=1\n \n[b]\n${BOTH}`],
    ['settings that every object has', '[a]\nconstructor = 1\n__proto__ = 2\n', 'a', `[a]\nconstructor = 1\n__proto__ = 2\n${BOTH}`],
  ])('%s', (_name, before, profile, after) => {
    expect(editCredentialsFile(before, profile, PAIR)).toBe(after);
  });

  const line = fc.constantFrom('[a]', '[b]', '[default] # c', '', '# note', 'veracode_api_key_id = x', 'veracode_api_key_secret: y', 'other=1', 'nonsense', '  [ b ]');
  const text = fc.tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean()).map(([lines, end, last]) => lines.join(end) + (last ? end : ''));

  it('is read back, leaves every other profile, and changes nothing the second time', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('a', 'b', 'default', 'new'), (before, profile) => {
        const after = editCredentialsFile(before, profile, PAIR);
        expect(parseCredentialsFile(after, profile).values).toEqual({ apiId: 'NEW-ID', apiKey: 'NEW-KEY' });
        for (const other of ['a', 'b', 'default', 'new'].filter((name) => name !== profile)) {
          expect(parseCredentialsFile(after, other).values).toEqual(parseCredentialsFile(before, other).values);
        }
        expect(editCredentialsFile(after, profile, PAIR)).toBe(after);
        // No line is lost: what is there no more was a line of the pair.
        const kept = before.split(/\r\n|\n/u).filter((one) => !/veracode_api_key/u.test(one) && one !== '');
        expect(after.split(/\r\n|\n/u).filter((one) => kept.includes(one))).toEqual(expect.arrayContaining(kept));
      }),
    );
  });
});
