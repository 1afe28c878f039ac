import { CHECK_IDS } from '@verapipe/ci-kit';
import { describe, expect, it } from '@jest/globals';

import { PREFLIGHT_ROWS } from './preflight-rows.js';
import { runRow } from './run-row.js';

/** The line of each row, and what it says to do. */
const LINES: readonly (readonly [line: RegExp, advice: RegExp])[] = [
  [/^veracode\.invalid cannot be resolved \((?:ENOTFOUND|EAI_AGAIN)\)$/u, /name servers .+--proxy/u],
  [/^The proxy http:\/\/127\.0\.0\.1:\d+ gave no tunnel \(ECONNREFUSED\)\.$/u, /address of the proxy/u],
  [/^The proxy http:\/\/127\.0\.0\.1:\d+ refused a tunnel to the platform \(403\)\.$/u, /whoever runs the proxy/u],
  [/^The certificate of 127\.0\.0\.1:\d+ is not trusted: its (?:issuer|chain) .+ \([A-Z_]+\)\.$/u, /--ca-file/u],
  [/^No connection to 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\.$/u, /firewall and proxy/u],
  [/^this clock is (?:3599|3600) s behind the platform's$/u, /time server/u],
  [/^No API credentials were found\.|credentials/iu, /VERACODE_API_KEY_ID/u],
  [/looks like the reference to a variable, not like its value\. Source: the environment/u, /The CI did not replace it/u],
  [/^found in .+credentials.*, which lies in the checkout .+verapipe-preflight-row-\w+$/u, /^Move the file to a home folder outside of every checkout, and rotate the pairs in it\.$/u],
  [/^"fedramp" \(api\.veracode\.us\) is asked for, and the key is of the region "european"$/u, /Leave --region out/u],
  [/failed at GET \/healthcheck\/status \(503\)/u, /status page/u],
  [/^"Partial outage"; incident "Scans are slow" \(investigating, since .+Z\)$/u, /Expect failures/u],
  [/^The platform refused the credentials for GET \/api\/authn\/v2\/api_credentials \(401\)/u, /not expired or revoked/u],
  [/^5 days left, until .+Z$/u, /credentials rotate/u],
  [/^the pair has been revoked$/u, /credentials rotate/u],
  [/^ended 2026-01-01T00:00:00\.000Z$/u, /credentials rotate/u],
  [/^superseded by the newer pair f{32}: it ends within 24 hours of that one's making$/u, /^Hand the newer pair to this job/u],
  [/^"\S+" is not active$/u, /^Ask an administrator of the platform to activate it/u],
  [/^"ann" is a person's account: the pipeline stops working/u, /API service account/u],
  [/^the account has resultsapi, noteamrestrictionapi; missing for scan: upload and scan \(uploadapi\)$/u, /for the role uploadapi\.$/u],
  [/^the account is in no team, and without noteamrestrictionapi it sees no application$/u, /team of the application/u],
  [/^There is no application profile "Shpo" that this account can see\. Near: "Shop"\.$/u, /not visible/u],
  [/^There is no application profile "Shpo" that this account can see\. Near: "Shop"\.$/u, /^A pipeline scan goes on without a profile; with --apply-mitigations and --baseline-scan it needs one, by its exact name\.$/u],
  [/^there is no sandbox "dve"; near: "dev"$/u, /--create-sandbox/u],
  [/^25 of 25 that the platform documents are used, 0 left$/u, /sandbox sweep/u],
  [/^There is no policy "Stricd" that this account can see\. Near: "Strict"\.$/u, /exact name/u],
  [/^Scan "nightly" \(build \d+, status "Pre-Scan Success"\), made by lee, last changed 5 hours ago .+ is in the way: .+ https?:\S+:\d+$/u, /--delete-incomplete/u],
  [/empty\.war": an empty file$/u, /a file with something to scan in it/u],
  [/target\/\*\.war/u, /^Wanted: /u],
  [/^broken\.war: It cannot be read to the end: .+ \[unreadable-archive\]$/u, /^Build it again, and see that the program that packs it ended well before it is uploaded\.$/u],
  [/no-such-word/u, /^Wanted: /u],
  [/none\.yml/u, /^Wanted: /u],
  [/empty\.war could not be written \((?:ENOTDIR|EEXIST)\)\.$/u, /--output-dir/u],
  [/empty\.war could not be written \((?:ENOTDIR|EEXIST)\)\.$/u, /--output-dir/u],
  [/^10 MB are free for /u, /Make room/u],
  [/^10 MB are free for /u, /Make room/u],
  [/^the job may take 60 minutes \(CI_JOB_TIMEOUT\), the run 360 \(--timeout\)$/u, /--timeout, for instance 58,/u],
  [/^the job may take 30 minutes \(--job-timeout\), the run 45 \(--timeout\)$/u, /--timeout, for instance 28,/u],
  [/^CI_DEBUG_TRACE writes the value of every variable/u, /Switch it off/u],
  [/^"create build" failed after create sandbox: The account may not do createbuild\.do \(403\)/u, /Nothing of the rehearsal is left\.$/u],
  [/^10 of 11 kinds of answers compared, 1 otherwise than expected; verapipe-conformance\.json has the list, without values$/u, /getapplist\.do/u],
];

describe('every check of a preflight can fail', () => {
  it('and stands in the table', () => {
    expect([...new Set(PREFLIGHT_ROWS.map(({ check }) => check))]).toEqual(CHECK_IDS);
    expect(LINES).toHaveLength(PREFLIGHT_ROWS.length);
  });

  it.each(PREFLIGHT_ROWS.map((row, index) => [row.check, row.by, row, LINES[index]] as const))('%s, by %s', async (check, _by, row, wanted) => {
    const { exitCode, made, failed, sandboxes } = await runRow(row);
    expect({ made, exitCode, failed }).toMatchObject({
      made: { outcome: row.wanted, line: expect.stringMatching(wanted?.[0] ?? /never/u), advice: expect.stringMatching(wanted?.[1] ?? /never/u) },
      exitCode: row.wanted === 'failure' ? 1 : 0,
      failed: row.wanted === 'failure' ? [check] : [],
    });
    expect(sandboxes.after).toBe(sandboxes.before);
  });
});

describe('behind a proxy, at the hosts that clients have built in', () => {
  it.each([
    ['names', 'skipped', /^the proxy resolves the names/u],
    ['proxy', 'ok', /^http:\/\/127\.0\.0\.1:\d+ opens tunnels to the platform$/u],
    ['tls', 'ok', /^api\.veracode\.com answers \(401\); analysiscenter\.veracode\.com answers \(401\); the certificates are trusted$/u],
    ['clock', 'ok', /agrees/u],
    ['region', 'ok', /^"global" \(api\.veracode\.com\), from the key$/u],
    ['health', 'ok', /is well$/u],
    ['status-page', 'ok', /^"All Systems Operational"$/u],
    ['access', 'ok', /is accepted by api\.veracode\.com$/u],
  ] as const)('%s is %s', async (check, outcome, line) => {
    const ran = await runRow({ check, by: 'nothing', wanted: 'warning', args: ({ proxyUrl, caFile }) => ['--proxy', proxyUrl, '--ca-file', caFile] });
    expect(ran).toMatchObject({ exitCode: 0, failed: [], made: { outcome, line: expect.stringMatching(line) } });
  });
});
