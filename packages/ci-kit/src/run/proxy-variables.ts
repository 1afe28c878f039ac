import { hostsOfRegion, REGIONS, type Env } from '@verapipe/core';

const OWN_PROXY = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * Variables that give a run the proxy of the machine that it is on. Exceptions of machines may be any expression on URLs, those
 * of a run are names of hosts: whether a proxy is used is asked for every host that the run may go to. A proxy in `env` wins,
 * and so there is nothing to add. Pure.
 *
 * @param proxyFor - the machine's proxy for a URL, with user and password; null where the URL is to be reached directly
 * @param platformUrl - the only platform that the run goes to; null: that of any region
 * @returns `HTTPS_PROXY` and `NO_PROXY`, or nothing
 * @public
 */
export function proxyVariables(env: Env, proxyFor: (url: string) => string | null, platformUrl: string | null): Env {
  if (OWN_PROXY.some((name) => (env[name] ?? '').trim() !== '')) return {};
  const urls = platformUrl === null ? REGIONS.map(hostsOfRegion).flatMap(({ xmlBaseUrl, restBaseUrl }) => [xmlBaseUrl, restBaseUrl]) : [platformUrl];
  const proxies = urls.map((url) => ({ url, proxy: proxyFor(url) }));
  const used = proxies.find(({ proxy }) => proxy !== null)?.proxy ?? null;
  if (used === null) return {};
  const direct = proxies.filter(({ url, proxy }) => proxy === null && URL.canParse(url)).map(({ url }) => new URL(url).hostname);
  return { HTTPS_PROXY: used, NO_PROXY: [env['NO_PROXY'] ?? env['no_proxy'] ?? '', ...direct].filter((part) => part !== '').join(',') };
}
