import { createRedactor, Secret, type Env, type Redactor } from '@verapipe/core';

const PROXY_VARIABLES = ['VERAPIPE_PROXY', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Makes the redactor for everything that a run says: it knows the secrets of the environment as they stand there, good
 * or bad, and those that were found elsewhere.
 */
export function createRunRedactor(env: Env, found: readonly Secret[] = []): Redactor {
  const texts = [env['VERACODE_API_KEY_SECRET']?.trim() ?? '', ...PROXY_VARIABLES.flatMap((name) => passwordsOf(env[name] ?? ''))];
  return createRedactor([...found, ...texts.filter((text) => text !== '').map((text) => new Secret(text))]);
}

/** The password of a proxy URL, as it is written and as it is meant. */
function passwordsOf(proxy: string): readonly string[] {
  const text = proxy.trim();
  const full = text.includes('://') ? text : `http://${text}`;
  if (text === '' || !URL.canParse(full)) return [];
  const { password } = new URL(full);
  return [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
