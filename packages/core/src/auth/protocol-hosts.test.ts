import { describe, expect, it } from '@jest/globals';
import { protocolFacts } from '../../test/samples.js';
import { parseCredentials } from './credentials.js';
import { hostsOfRegion } from './platform-hosts.js';
import { REGIONS, type Region } from './region.js';

interface RegionFacts {
  readonly region: Region;
  readonly xmlHost: string;
  readonly restHost: string;
  readonly idPrefixes: readonly string[];
  readonly keyPrefixes: readonly string[];
}
const { regions } = protocolFacts('hosts') as { readonly regions: readonly RegionFacts[] };

describe('regions', () => {
  it('are those of the protocol', () => {
    expect([...REGIONS]).toEqual(regions.map(({ region }) => region));
  });

  it.each(regions)('$region has its hosts and prefixes', ({ region, xmlHost, restHost, idPrefixes, keyPrefixes }) => {
    expect(hostsOfRegion(region)).toEqual({ xmlBaseUrl: `https://${xmlHost}`, restBaseUrl: `https://${restHost}` });
    const found = idPrefixes.map((prefix, index) =>
      parseCredentials({ apiId: prefix + 'ab'.repeat(16), apiKey: (keyPrefixes[index] ?? '') + '0f'.repeat(64) }).region,
    );
    expect(found).toEqual(idPrefixes.map(() => region));
  });
});
