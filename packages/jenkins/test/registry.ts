import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { PACKAGE } from './library-files.js';

/** A registry of npm packages that has the built command line, and nothing else. */
export interface Registry {
  /** What makes npm ask it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** @param folder - for npm's cache and the packed command line */
export async function startRegistry(folder: string): Promise<Registry> {
  const cli = join(PACKAGE, 'node_modules', 'verapipe');
  const archive = join(folder, 'verapipe.tgz');
  await promisify(execFile)('tar', ['-czf', archive, '--dereference', '--transform', 's,^,package/,', '-C', cli, 'package.json', 'dist']);
  const content = await readFile(archive);
  const { name, version, bin } = JSON.parse(await readFile(join(cli, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;
  const server = createServer(({ url = '' }, response) => {
    if (url.endsWith('.tgz')) return void response.end(content);
    if (url !== '/verapipe') return void response.writeHead(404).end('{}');
    const dist = { tarball: `${address()}/verapipe.tgz`, integrity: `sha512-${createHash('sha512').update(content).digest('base64')}` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [String(version)]: { name, version, bin, dist } } }));
  });
  const address = (): string => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    environment: { npm_config_registry: address(), npm_config_cache: join(folder, 'npm-cache'), npm_config_update_notifier: 'false' },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
