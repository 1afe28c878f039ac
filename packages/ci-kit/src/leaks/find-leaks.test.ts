import { describe, expect, it } from '@jest/globals';

import { ALLOWING_COMMENT, findLeaks } from './find-leaks.js';

const ID = '0123456789abcdef'.repeat(2);
const KEY = 'c0ffee42'.repeat(16);

/** `kind:line`, in the order of the file. */
function found(text: string, path = 'src/notes.txt'): readonly string[] {
  return findLeaks(text, path).map(({ kind, line }) => `${kind}:${line}`);
}

describe('findLeaks finds', () => {
  it.each<[name: string, text: string, wanted: readonly string[]]>([
    ['a key with its prefix, anywhere', `x = vera01es-${KEY}`, ['api-key:1']],
    ['an id with its prefix, anywhere', `x = vera01gi-${ID}`, ['api-id:1']],
    ['a key in capitals', `x = VERA01GS-${KEY.toUpperCase()}`, ['api-key:1']],
    ['a key beside its name', `VERACODE_API_KEY_SECRET=${KEY}`, ['api-key:1']],
    ['an id beside its name', `VERACODE_API_KEY_ID: "${ID}"`, ['api-id:1']],
    ['a pair in YAML', `vid: ${ID}\nvkey: ${KEY}`, ['api-id:1', 'api-key:2']],
    ['a pair in JSON', `{\n "veracode": {\n  "apiId": "${ID}",\n  "apiKey": "${KEY}"\n}}`, ['api-id:3', 'api-key:4']],
    ['a pair in Groovy', `usernamePassword('veracode', vid: '${ID}', vkey: '${KEY}')`, ['api-key:1']],
    ['a pair of others’ words near the vendor’s name', `# for veracode\napi_id = ${ID}\napi_key = ${KEY}`, ['api-id:2', 'api-key:3']],
    ['a long key', `veracode_key = ${KEY}${KEY}`, ['api-key:1']],
    ['a key after lines of every kind', `a\r\nb\rc\nVERACODE=${KEY}`, ['api-key:4']],
    ['a key in a URL', `https://x.test/?vkey=${KEY}&a=1`, ['api-key:1']],
    ['two places', `VERACODE_API_KEY_SECRET=${KEY}\n\nVERACODE_API_KEY_SECRET=${KEY}`, ['api-key:1', 'api-key:3']],
    ['a credentials file', `[default]\nveracode_api_key_id = ${ID}\nveracode_api_key_secret = ${KEY}`, ['profile:2', 'profile:3']],
    ['a credentials file whose values are cut', '[default]\nveracode_api_key_id = vera01gi-0123456789abcdef0123', ['profile:2']],
    ['values of options', `java -jar VeracodeJavaAPI.jar -vid ${ID} -vkey ${KEY}`, ['argument:1']],
    ['values of options in quotes, in two dashes, after =', `--vkey="${KEY}"\n--veracode_api_key ${KEY}\n-vid '${ID}'`, ['argument:1', 'argument:2', 'argument:3']],
    ['a key in a file of one line, after the name of a hash', `{"revision":3,"env":{"A":"b","VERACODE_API_KEY_SECRET":"${KEY}"}}`, ['api-key:1']],
    ['an id in a file of one line, after the name of a hash', `{"revision":3,"env":{"VERACODE_API_KEY_ID":"${ID}"}}`, ['api-id:1']],
    ['a key of others’ words in a file of one line', `{"digest":"x","veracode":{"apiKey":"${KEY}"}}`, ['api-key:1']],
    ['a key in the command after a checkout', `git checkout $COMMIT && export VERACODE_API_KEY_SECRET=${KEY}`, ['api-key:1']],
    ['a key beside a variable', `COMMIT=abc VERACODE_API_KEY_SECRET=${KEY} make`, ['api-key:1']],
    ['a pair in a map of one line', `env: { IMAGE_DIGEST: x, VERACODE_API_KEY_SECRET: ${KEY} }\nenv: { IMAGE_DIGEST: x, VERACODE_API_KEY_ID: ${ID} }`, ['api-key:1', 'api-id:2']],
    ['a pair between hashes', `{"sha":"${ID}","api_id":"${ID}","token":"${KEY}","commit":"${ID}"}`, ['api-key:1']],
    ['a key alone below its name', `VERACODE_API_KEY_SECRET: >-\n  ${KEY}\n`, ['api-key:2']],
    ['an id alone below its name', `VERACODE_API_KEY_ID: |\n  ${ID}\n`, ['api-id:2']],
    ['a pair below its names', `"veracodeApiId":\n\n  "${ID}",\n"veracodeApiKey":\n  "${KEY}"\n`, ['api-id:3', 'api-key:5']],
    ['a key after a continued line', `export VERACODE_API_KEY_SECRET=\\\n${KEY}`, ['api-key:2']],
    ['a list of arguments', `args: ["-vkey", "${KEY}"]`, ['argument:1']],
  ])('%s', (_name, text, wanted) => {
    expect(found(text)).toEqual(wanted);
  });

  it.each(['.veracode/credentials', 'home/.veracode/veracode.yml'])('keys in a file of the vendor: %s', (path) => {
    expect(found(`api:\n  key-id: ${ID}\n  key-secret: ${KEY}`, path)).toEqual(['profile:2', 'profile:3']);
  });

  it.each<[path: string, wanted: readonly string[]]>([
    ['.gitlab-ci.yml', ['secret-as-argument:1']],
    ['ci/azure-pipelines.yml', ['secret-as-argument:1']],
    ['Jenkinsfile', ['secret-as-argument:1']],
    ['scripts/scan.sh', ['secret-as-argument:1']],
    ['Makefile', ['secret-as-argument:1']],
    ['README.md', []],
  ])('secrets handed over as arguments, in %s: %j', (path, wanted) => {
    expect(found('java -jar api.jar -vid $ID -vkey $VERACODE_API_KEY_SECRET', path)).toEqual(wanted);
  });
});

describe('findLeaks leaves alone', () => {
  it.each<[name: string, text: string]>([
    ['nothing', ''],
    ['a checksum', `${KEY}  veracode.zip`],
    ['checksums of a lock file', `"veracode-client": {\n "integrity": "sha512-${KEY}",\n "md5": "${ID}"`],
    ['a list of checksums beside each other', `md5: ${ID}\nsha512: ${KEY}`],
    ['a commit', `veracode_commit_id = ${ID}`],
    ['an id of another vendor', `api_id = ${ID}`],
    ['a key of another vendor', `api_key = ${KEY}`],
    ['a lone key-shaped text', KEY],
    ['a reference to a secret', 'VERACODE_API_KEY_SECRET=$KEY\nVERACODE_API_KEY_ID: $(VERACODE_API_KEY_ID)\nvkey: ${{ secrets.KEY }}'],
    ['an example', 'veracode_api_key_id = <id>\nveracode_api_key_secret = YOUR-KEY'],
    ['too few digits', `VERACODE_API_KEY_SECRET=${KEY.slice(0, 31)}`],
    ['digits inside of a word', `veracodevkey=x${KEY}x`],
    ['a checksum after the name of its file', `SHA512 (veracode-cli.zip) = ${KEY}\nsha512: veracode-cli.tar.gz ${KEY}`],
    ['a checksum of something of the vendor’s', `sha512 of the Veracode key ${KEY}\nveracode: x, sha512: ${KEY}`],
    ['a checksum below its name', `veracode, sha512:\n  ${KEY}`],
    ['a commit after a name of ours', `{"veracode":{"app":"shop","commit_id":"${ID}"}}`],
    ['a UUID', 'veracode_app_id = 01234567-89ab-cdef-0123-456789abcdef'],
  ])('%s', (_name, text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('findLeaks', () => {
  it('marks what a comment allows', () => {
    const text = `VERACODE_API_KEY_SECRET=${KEY} # ${ALLOWING_COMMENT}\nVERACODE_API_KEY_SECRET=${KEY}`;
    expect(findLeaks(text, 'a.txt').map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it('holds no part of a value', () => {
    const leaks = findLeaks(`VERACODE_API_KEY_ID=${ID}\n-vkey ${KEY}\nveracode_api_key_secret = ${KEY}`, 'a.sh');
    expect(leaks).toHaveLength(3);
    expect(JSON.stringify(leaks)).not.toMatch(/[0-9a-f]{6}/u);
  });

  it.each(['a'.repeat(300_000), 'ab '.repeat(100_000), `-vkey `.repeat(50_000), `vid=${'"'.repeat(200_000)}`, `"${KEY}",`.repeat(20_000), `${ID} `.repeat(80_000), `${KEY}\n`.repeat(20_000)])('reads a hostile line only once', (text) => {
    expect(found(text)).toEqual([]);
  });
});
