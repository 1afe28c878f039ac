import type { Env } from '../auth/credential-chain.js';
import { ValidationError } from '../kernel/errors.js';
import { isLoopbackHost } from '../kernel/loopback.js';
import { Secret } from '../kernel/redact.js';

/** A proxy, its password apart from its URL. @public */
export interface Proxy {
  /** `http://host:port`, without user information: safe to print. */
  readonly url: string;
  /** For basic authentication; null when the proxy wants none. */
  readonly login: { readonly user: string; readonly password: Secret } | null;
}

/** Where proxies may be named. @public */
export interface ProxyOptions {
  /** Chosen by the user: for every host that `NO_PROXY` does not name. */
  readonly proxy?: string;
  /** `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in either case; the lower-case name wins, as with curl. */
  readonly env?: Env;
}

const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
const NO_PROXY_VARIABLES = ['no_proxy', 'NO_PROXY'];

/**
 * The proxy for one URL, or null for a direct connection. Requests to this machine never take a proxy from the
 * environment.
 *
 * @throws ValidationError when the proxy is no `http:` or `https:` URL; never shows user or password
 */
export function proxyFor(url: URL, { proxy, env = {} }: ProxyOptions): Proxy | null {
  const noProxy = firstSet(env, NO_PROXY_VARIABLES)?.value ?? '';
  if (isExcepted(url, noProxy)) return null;
  if (proxy !== undefined) return parseProxy(proxy, 'proxy');
  if (isLoopbackHost(url.hostname)) return null;
  const named = firstSet(env, PROXY_VARIABLES);
  return named === null ? null : parseProxy(named.value, named.name);
}

/**
 * Reads a proxy URL; `host:port` counts as `http://host:port`.
 *
 * @param path - for the message: the option or variable
 * @throws ValidationError
 */
export function parseProxy(text: string, path: string): Proxy {
  const full = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    const got = url === null ? 'a text that is no URL' : `a ${url.protocol} URL`;
    throw new ValidationError([{ path, got, wanted: 'http://[user:password@]host:port' }], { code: 'invalid-proxy' });
  }
  const login =
    url.username === '' ? null : { user: decode(url.username, path), password: new Secret(decode(url.password, path)) };
  return { url: url.origin, login };
}

/** Does a `NO_PROXY` list name this host? Entries: `*`, host, `.domain`, `*.domain`, each with an optional port. */
function isExcepted(url: URL, noProxy: string): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      // Several colons without brackets: an IPv6 address, which has no port behind it.
      const [, name = entry, wantedPort] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
      const domain = name.replace(/^\*?\./, '');
      if (wantedPort !== undefined && wantedPort !== port) return false;
      return url.hostname === domain || url.hostname === `[${domain}]` || url.hostname.endsWith(`.${domain}`);
    });
}

function firstSet(env: Env, names: readonly string[]): { readonly name: string; readonly value: string } | null {
  for (const name of names) {
    const value = env[name]?.trim() ?? '';
    if (value !== '') return { name, value };
  }
  return null;
}

function decode(text: string, path: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    const issue = { path, got: 'a user or password with a stray %', wanted: 'percent-encoded user and password (% is %25)' };
    throw new ValidationError([issue], { code: 'invalid-proxy' });
  }
}
