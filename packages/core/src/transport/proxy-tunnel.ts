import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import { errorCode } from '../kernel/error-code.js';
import { isVeracodeError, NetworkError } from '../kernel/errors.js';
import type { Proxy } from './proxy.js';

/**
 * Opens tunnels through a proxy (CONNECT), for `http:` as for `https:` targets.
 *
 * @param options - undici's options for the connections inside the tunnels
 */
export function createProxyTunnel(proxy: Proxy, options: Omit<ProxyAgent.Options, 'uri' | 'token'>): ProxyAgent {
  return new ProxyAgent({
    ...options,
    uri: proxy.url,
    ...(proxy.login === null ? {} : { token: basicAuthorization(proxy.login) }),
    clientFactory: (origin, poolOptions) => new TunnelPool(origin, poolOptions, proxy),
  });
}

/**
 * Connections to the proxy itself. undici tells only the status of a refused tunnel; here the answer's headers are
 * at hand, and they say which authentication the proxy wants.
 */
class TunnelPool extends Pool {
  readonly #proxy: Proxy;

  constructor(origin: URL, options: object, proxy: Proxy) {
    super(origin, options);
    this.#proxy = proxy;
  }

  override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
  override connect(
    options: Dispatcher.ConnectOptions,
    callback: (error: Error | null, data: Dispatcher.ConnectData) => void,
  ): void;
  override connect(
    options: Dispatcher.ConnectOptions,
    callback?: (error: Error | null, data: Dispatcher.ConnectData) => void,
  ): Promise<Dispatcher.ConnectData> | undefined {
    if (callback === undefined) return this.#openTunnel(options);
    super.connect(options, callback);
    return undefined;
  }

  async #openTunnel(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    let answer: Dispatcher.ConnectData;
    try {
      answer = await super.connect(options);
    } catch (error) {
      throw toProxyError(error, this.#proxy);
    }
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    throw refusedTunnel(answer.statusCode, String(answer.headers['proxy-authenticate'] ?? ''), this.#proxy);
  }
}

function basicAuthorization({ user, password }: NonNullable<Proxy['login']>): string {
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`, 'utf8').toString('base64')}`;
}

/**
 * A new error, whatever it was: undici takes some of its own codes as a reason to connect again and again.
 * Nothing of the request has left, so it may be repeated.
 */
function toProxyError(error: unknown, proxy: Proxy): Error {
  if (isVeracodeError(error)) return error;
  return new NetworkError(`The proxy ${proxy.url} gave no tunnel (${errorCode(error)}).`, {
    code: 'proxy-unreachable',
    outcome: 'not-sent',
    advice: 'Check the address of the proxy and that this agent may reach it.',
  });
}

function refusedTunnel(status: number, wanted: string, proxy: Proxy): NetworkError {
  if (status !== 407) {
    return new NetworkError(`The proxy ${proxy.url} refused a tunnel to the platform (${status}).`, {
      code: 'proxy-refused',
      // 5xx: the proxy could not reach the platform just now. Anything else is its rule.
      outcome: status >= 500 ? 'not-sent' : 'final',
      advice: 'Ask whoever runs the proxy whether it may reach the platform.',
    });
  }
  const schemes = [...wanted.matchAll(/(?:^|,)\s*([a-z]+)(?=\s|,|$)/gi)].map(([, scheme = '']) => scheme);
  const basicOffered = wanted === '' || schemes.some((scheme) => scheme.toLowerCase() === 'basic');
  if (!basicOffered) {
    return new NetworkError(
      `The proxy ${proxy.url} wants ${schemes.join(' or ')} authentication; only Basic is possible here.`,
      {
        code: 'proxy-authentication-unsupported',
        outcome: 'final',
        advice: 'For NTLM or Kerberos (Negotiate) run a local relay such as cntlm or px, and name that as the proxy.',
      },
    );
  }
  const said = proxy.login === null ? 'wants a user and password' : 'refused the user and password';
  return new NetworkError(`The proxy ${proxy.url} ${said} (407).`, {
    code: 'proxy-authentication',
    outcome: 'final',
    advice: 'Give them in the proxy URL: http://user:password@host:port, percent-encoded, from a secret variable.',
  });
}
