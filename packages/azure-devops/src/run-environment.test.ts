import { describe, expect, it } from '@jest/globals';

import { takeHandedOver } from './handed-over.js';
import { runEnvironment, type AgentNetwork, type EnvironmentSources } from './run-environment.js';

const DIRECT: AgentNetwork = { proxyFor: () => null, caFile: null, skipsCertificates: false, hasClientCertificate: false };
const CONNECTION = 'ab12';

function environment(env: Record<string, string>, { connection = null, network = DIRECT, platformUrlInput = null }: Partial<Omit<EnvironmentSources, 'handedOver'>> = {}): ReturnType<typeof runEnvironment> {
  return runEnvironment(env, { handedOver: takeHandedOver(env), connection, network, platformUrlInput });
}

describe('what the agent hands over', () => {
  it('is taken out of the environment, by any spelling of its name', () => {
    const env = { PATH: '/bin', INPUT_APP: 'Shop', INPUT_FILE: ' ', Secret_X: 'not-for-others', ENDPOINT_AUTH_ab12: '{}', ENDPOINT_AUTH_PARAMETER_ab12_APIKEY: 'key-key-key', ENDPOINT_DATA_ab12_PLATFORMURL: 'u' };
    const handedOver = takeHandedOver(env);
    expect(env).toEqual({ PATH: '/bin', ENDPOINT_DATA_ab12_PLATFORMURL: 'u' });
    expect([...handedOver.inputs]).toEqual([['APP', 'Shop']]);
    expect(handedOver.secretOf('AB12', 'apiKey')).toBe('key-key-key');
    expect(handedOver.secretOf('ab12', 'apiId')).toBeNull();
    expect(handedOver.secretVariable('X')).toBe('not-for-others');
    expect(handedOver.secrets).toEqual(['not-for-others', 'key-key-key']);
  });
});

describe('the environment of a run', () => {
  const PAIR = { VERACODE_API_KEY_ID: 'id', VERACODE_API_KEY_SECRET: 'key' };

  it.each([
    ['variables of the step', { ...PAIR, SECRET_VERACODE_API_KEY_ID: 'other' }, null, { VERACODE_API_KEY_ID: 'id', VERACODE_API_KEY_SECRET: 'key' }],
    ['secret variables', { SECRET_VERACODE_API_KEY_ID: 'i', SECRET_VERACODE_API_KEY_SECRET: 'k' }, null, { VERACODE_API_KEY_ID: 'i', VERACODE_API_KEY_SECRET: 'k' }],
    ['a connection, before variables', { ...PAIR, ENDPOINT_AUTH_PARAMETER_ab12_APIID: 'ci', ENDPOINT_AUTH_PARAMETER_ab12_APIKEY: 'ck' }, CONNECTION, { VERACODE_API_KEY_ID: 'ci', VERACODE_API_KEY_SECRET: 'ck' }],
    ['a connection without a key, and never half of another pair', { ...PAIR, ENDPOINT_AUTH_PARAMETER_ab12_APIID: 'ci' }, CONNECTION, { VERACODE_API_KEY_ID: 'ci', VERACODE_API_KEY_SECRET: '' }],
    ['nothing', {}, null, { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' }],
  ])('has the credentials of %s', (_name, env, connection, wanted) => {
    expect(environment({ ...env }, { connection }).env).toMatchObject(wanted);
  });

  it('has the platform of the connection', () => {
    expect(environment({ ENDPOINT_DATA_ab12_PLATFORMURL: ' https://gate.example ' }, { connection: CONNECTION }).platformUrl).toBe('https://gate.example');
    expect(environment({ ENDPOINT_DATA_ab12_PLATFORMURL: '' }, { connection: CONNECTION }).platformUrl).toBeNull();
  });

  it('has the proxy of the agent', () => {
    expect(environment({}, { network: { ...DIRECT, proxyFor: () => 'http://proxy:3128' } }).env).toMatchObject({ HTTPS_PROXY: 'http://proxy:3128' });
  });

  it('asks for the proxy of the platform that an input names', () => {
    const network = { ...DIRECT, proxyFor: (url: string) => (url === 'https://gate.corp' ? null : 'http://proxy:3128') };
    expect(environment({}, { network, platformUrlInput: 'https://gate.corp' }).env['HTTPS_PROXY']).toBeUndefined();
    expect(environment({ ENDPOINT_DATA_ab12_PLATFORMURL: 'https://gate.corp' }, { network, connection: CONNECTION }).env['HTTPS_PROXY']).toBeUndefined();
  });

  it('warns of what the agent has and the platform does not get', () => {
    const warnings = environment({}, { network: { ...DIRECT, skipsCertificates: true, hasClientCertificate: true } }).warnings;
    expect(warnings).toEqual([expect.stringContaining('--sslskipcertvalidation'), expect.stringContaining('--sslclientcert')]);
  });
});
