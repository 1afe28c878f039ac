import { describe, expect, it } from '@jest/globals';
import { parseCredentialsFile } from './credentials-file.js';

const FILE = `
# comment
[default]
veracode_api_key_id = id-1
veracode_api_key_secret = key-1

[team-b]   ; another team
VERACODE_API_KEY_ID=id-2
Veracode_Api_Key_Secret : key-2=
other = 1
nonsense

[empty]
`;

describe('parseCredentialsFile', () => {
  it.each([
    ['the default', FILE, 'default', { apiId: 'id-1', apiKey: 'key-1' }],
    ['another one, key names in any case', FILE, 'team-b', { apiId: 'id-2', apiKey: 'key-2=' }],
    ['an empty one', FILE, 'empty', {}],
    ['Windows line ends', FILE.replaceAll('\n', '\r\n'), 'team-b', { apiId: 'id-2', apiKey: 'key-2=' }],
    ['a byte-order mark', `\uFEFF[default]\nveracode_api_key_id=i`, 'default', { apiId: 'i' }],
    ['no section at all', 'veracode_api_key_id = i\nveracode_api_key_secret = k', 'default', { apiId: 'i', apiKey: 'k' }],
    ['the last of two values', 'veracode_api_key_id = i\nveracode_api_key_id = j', 'default', { apiId: 'j' }],
    ['no settings that every object has', 'constructor = i\nveracode_api_key_id = j', 'default', { apiId: 'j' }],
    ['a section with a mark and a comment', `\uFEFF [ a ] # ours\nveracode_api_key_id : i `, 'a', { apiId: 'i' }],
    ['what only looks like a section', '[a]\nother = [b]\n[b] no section\nveracode_api_key_id = i', 'a', { apiId: 'i' }],
    ['a name with blanks before the sign', '\t Veracode_API_Key_ID \t=\t i = j', 'default', { apiId: 'i = j' }],
    ['a value between blanks that are none of ASCII', 'veracode_api_key_id =\u00A0i\u2028', 'default', { apiId: 'i' }],
    ['a commented value', '[default]\n;veracode_api_key_id = i\n#veracode_api_key_id = j', 'default', {}],
  ])('reads %s', (_name, text, profile, values) => {
    expect(parseCredentialsFile(text, profile)).toMatchObject({ values, found: true });
  });

  it.each([
    ['unknown', FILE, 'team-c'],
    ['in another case', FILE, 'Team-B'],
    ['default, of a file without anything', '# nothing', 'default'],
    ['default, of a file that has only others', '[x]\nveracode_api_key_id=1', 'default'],
  ])('does not find a profile that is %s', (_name, text, profile) => {
    expect(parseCredentialsFile(text, profile)).toMatchObject({ values: {}, found: false });
  });

  it('lists the profiles', () => {
    expect(parseCredentialsFile(FILE, 'x').profiles).toEqual(['default', 'team-b', 'empty']);
    expect(parseCredentialsFile('veracode_api_key_id=1\n[x]', 'x').profiles).toEqual(['default', 'x']);
  });
});
