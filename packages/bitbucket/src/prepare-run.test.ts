import { rootCertificates } from 'node:tls';

import { describe, expect, it } from '@jest/globals';

import { readCaBundle } from './ca-bundle.js';
import { prepareRun, type PreparedRun } from './prepare-run.js';
import { readVariables } from './variables/read-variables.js';

function prepared(variables: Readonly<Record<string, string>>, caFile: string | null = null): PreparedRun {
  return prepareRun(readVariables({ VERACODE_API_KEY_ID: 'a', VERACODE_API_KEY_SECRET: 'b', ...variables }), caFile);
}

describe('where the pipeline says nothing', () => {
  it('files lie where Bitbucket looks for them', () => {
    const { args, env, files } = prepared({});
    expect(args).toEqual(['scan']);
    expect(env).toMatchObject({ VERAPIPE_OUTPUT_DIR: 'veracode', VERAPIPE_STATE: 'veracode/scan.json' });
    expect(JSON.parse(env['VERAPIPE_REPORT'] ?? '')).toEqual(['code-insights=veracode/code-insights.json', 'junit=test-results/veracode-junit.xml', 'sarif=veracode/veracode.sarif', 'dotenv=veracode/veracode.env']);
    expect(files).toEqual({ results: 'veracode/verapipe-results.json', codeInsights: 'veracode/code-insights.json', variables: 'veracode/veracode.env' });
  });

  it('reports that it does ask for take the place of ours', () => {
    const { env, files } = prepared({ REPORT: 'code-insights=a=b.json,html=x.html', OUTPUT_DIR: 'out', STATE: 'here.json' });
    expect(JSON.parse(env['VERAPIPE_REPORT'] ?? '')).toEqual(['code-insights=a=b.json', 'html=x.html', 'junit=test-results/veracode-junit.xml', 'sarif=out/veracode.sarif', 'dotenv=out/veracode.env']);
    expect(env).toMatchObject({ VERAPIPE_OUTPUT_DIR: 'out', VERAPIPE_STATE: 'here.json' });
    expect(files).toEqual({ results: 'out/verapipe-results.json', codeInsights: 'a=b.json', variables: 'out/veracode.env' });
  });

  it.each<[name: string, variables: Readonly<Record<string, string>>, timeout: string | undefined, warns: boolean]>([
    ['a step that says nothing', {}, '118', false],
    ['a longer step', { MAX_TIME: '720' }, undefined, false],
    ['a step of 200 minutes', { MAX_TIME: '200' }, '198', false],
    ['a very short one', { MAX_TIME: '1' }, '1', false],
    ['a run that is shorter', { TIMEOUT: '60' }, '60', false],
    ['a run that is longer', { TIMEOUT: '240' }, '240', true],
    ['a run that is longer and does not wait', { TIMEOUT: '240', WAIT: 'false' }, '240', false],
    ['a pipeline scan', { COMMAND: 'pipeline-scan' }, undefined, false],
    ['a pipeline scan in a short step', { COMMAND: 'pipeline-scan', MAX_TIME: '30' }, '28', false],
    ['a later step', { COMMAND: 'wait' }, '118', false],
  ])('a run ends before its step: %s', (_name, variables, timeout, warns) => {
    const { env, warnings } = prepared(variables);
    expect(env['VERAPIPE_TIMEOUT']).toBe(timeout);
    expect(warnings).toEqual(warns ? [expect.stringMatching(/^The step ends after 120 minutes \(MAX_TIME\), and the run may take 240 \(TIMEOUT\).* TIMEOUT of 118 or less/u)] : []);
  });

  it('a preflight compares with the step, and reports nothing', () => {
    const { env } = prepared({ COMMAND: 'preflight', MAX_TIME: '90' });
    expect(env).toMatchObject({ VERAPIPE_JOB_TIMEOUT: '90', VERAPIPE_OUTPUT_DIR: 'veracode' });
    expect([env['VERAPIPE_REPORT'], env['VERAPIPE_TIMEOUT']]).toEqual([undefined, '88']);
    expect(prepared({ COMMAND: 'preflight', MAX_TIME: '90', FOR: 'pipeline-scan' }).env['VERAPIPE_TIMEOUT']).toBeUndefined();
    expect(prepared({ COMMAND: 'preflight', TIMEOUT: '240' })).toMatchObject({ env: { VERAPIPE_TIMEOUT: '240' }, warnings: [] });
  });

  it('authorities are a file', () => {
    expect(prepared({}, '/tmp/x.pem').env).toMatchObject({ VERAPIPE_CA_FILE: '/tmp/x.pem' });
  });
});

describe('CA_BUNDLE', () => {
  const [first = '', second = ''] = rootCertificates;

  it.each<[name: string, text: string]>([
    ['PEM', `${first}\n${second}`],
    ['PEM with its line ends as text', `${first}\n${second}`.replaceAll('\n', String.raw`\n`)],
    ['Base64', Buffer.from(`a comment\n${first}\n${second}`).toString('base64')],
  ])('is read as %s', (_name, text) => {
    expect(readCaBundle(text)).toEqual({ pem: `${first}\n${second}\n` });
  });

  it.each<[name: string, text: string, fault: string]>([
    ['words', 'company', 'no certificate'],
    ['a key', '-----BEGIN PRIVATE KEY-----\nYQ==\n-----END PRIVATE KEY-----', 'no certificate'],
    ['a spoilt certificate', `${first}\n${second.replace(/\n.{60,76}\n/u, '\n')}`, '2 certificates, of which number 2 cannot be read'],
    ['half a certificate', first.slice(0, 200), 'no certificate'],
  ])('is refused: %s', (_name, text, fault) => {
    expect(readCaBundle(text)).toEqual({ fault });
  });
});
