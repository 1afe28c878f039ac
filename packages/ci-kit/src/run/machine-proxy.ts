/** The proxy that a build agent was configured with. @public */
export interface MachineProxy {
  /** Empty without one. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** A JSON array of regular expressions on URLs, or of what somebody took for such. */
  readonly exceptions: string;
}

/**
 * Says for a URL which proxy leads to it: with user and password, encoded, or null where it is to be reached directly. Pure.
 *
 * @public
 * @see github.com/microsoft/azure-pipelines-agent, VstsAgentWebProxy.cs: lines of `.proxybypass` as they are, `no_proxy` with its dots escaped
 */
export function machineProxy({ url, username, password, exceptions }: MachineProxy): (target: string) => string | null {
  if (url === '') return () => null;
  const proxy = withLogin(url, username, password);
  const patterns = readList(exceptions).map(patternOf);
  return (target) => (patterns.some((pattern) => pattern.test(target)) ? null : proxy);
}

function withLogin(url: string, username: string, password: string): string {
  if (username === '' || !URL.canParse(url)) return url;
  const proxy = new URL(url);
  proxy.username = encodeURIComponent(username);
  proxy.password = encodeURIComponent(password);
  return proxy.href;
}

function readList(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text === '' ? '[]' : text);
    const items: readonly unknown[] = Array.isArray(list) ? list : [];
    return items.filter((item) => typeof item === 'string' && item !== '').map(String);
  } catch {
    return [];
  }
}

/** `*.corp.example` is what people write, and no regular expression: there the star stands for anything. */
function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, 'iu');
  } catch {
    return new RegExp(text.replace(/\\(?=[.])/gu, '').replace(/[\\^$.|?+()[\]{}/-]/gu, String.raw`\$&`).replaceAll('*', '.*'), 'iu');
  }
}
