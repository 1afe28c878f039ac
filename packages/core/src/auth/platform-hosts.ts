import { ValidationError } from '../kernel/errors.js';
import { isLoopbackHost } from '../kernel/loopback.js';
import { REGIONS, type Region } from './region.js';

/** Where a platform lives. @public */
export interface PlatformHosts {
  /** Base of the XML APIs and of links for people, no trailing slash. */
  readonly xmlBaseUrl: string;
  /** Base of the REST APIs, no trailing slash. */
  readonly restBaseUrl: string;
}

/** @see docs.veracode.com "Region Domains for Veracode APIs" */
const HOSTS: Readonly<Record<Region, PlatformHosts>> = {
  global: { xmlBaseUrl: 'https://analysiscenter.veracode.com', restBaseUrl: 'https://api.veracode.com' },
  european: { xmlBaseUrl: 'https://analysiscenter.veracode.eu', restBaseUrl: 'https://api.veracode.eu' },
  fedramp: { xmlBaseUrl: 'https://analysiscenter.veracode.us', restBaseUrl: 'https://api.veracode.us' },
};

/** The vendor's hosts of a region. @public */
export function hostsOfRegion(region: Region): PlatformHosts {
  return HOSTS[region];
}

/** @see docs.veracode.com "getmaintenancescheduleinfo.do", which names the status page as its successor */
const STATUS_PAGES: Readonly<Record<Region, string>> = {
  global: 'https://status.veracode.com',
  european: 'https://status.veracode.eu',
  fedramp: 'https://status.veracode.us',
};

/** The region whose vendor's hosts these are; null for an emulator or a gateway. @public */
export function regionOfHosts({ xmlBaseUrl }: PlatformHosts): Region | null {
  return REGIONS.find((region) => HOSTS[region].xmlBaseUrl === xmlBaseUrl) ?? null;
}

/** The vendor's public status page of a platform; null for an emulator or a gateway, of which it tells nothing. @public */
export function statusPageOf(hosts: PlatformHosts): string | null {
  const region = regionOfHosts(hosts);
  return region === null ? null : STATUS_PAGES[region];
}

/**
 * The hosts behind an explicit platform URL: one base for XML and REST, as an emulator or a gateway offers it. The
 * vendor's own host names stand for their region, because there the two APIs live on different hosts.
 *
 * @throws ValidationError when the URL is not usable, or would send the signature over the network in the clear
 * @public
 */
export function hostsOfPlatformUrl(platformUrl: string): PlatformHosts {
  const url = parsePlatformUrl(platformUrl);
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  const vendors = REGIONS.map(hostsOfRegion).find((hosts) => hosts.xmlBaseUrl === base || hosts.restBaseUrl === base);
  return vendors ?? { xmlBaseUrl: base, restBaseUrl: base };
}

function parsePlatformUrl(platformUrl: string): URL {
  const url = URL.canParse(platformUrl) ? new URL(platformUrl) : null;
  if (url === null) throw refuse('a text that is no absolute URL', 'https://host[:port][/path]');
  const shown = `${url.protocol}//${url.host}`;
  if (url.username !== '' || url.password !== '') throw refuse(`${shown} with a user name`, 'a URL without user and password');
  if (url.search !== '' || url.hash !== '') throw refuse(`${shown} with a query or fragment`, 'https://host[:port][/path]');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse(shown, 'https://host[:port][/path]');
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    throw refuse(shown, 'https: (plain http: only to this machine, as the signature could be read on its way)');
  }
  return url;
}

function refuse(got: string, wanted: string): ValidationError {
  return new ValidationError([{ path: 'platformUrl', got, wanted }], { code: 'invalid-platform-url' });
}
