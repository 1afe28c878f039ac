import { stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';

import { createVeracodeClient, fingerprintOf, parseCredentials, uploadFile } from '@verapipe/core';

import { UPLOAD } from '../upload-names.js';
import { printUsage } from '../usage.js';

/**
 * Uploads files one after another with our client, as the workflow does, and prints what the last one took:
 * `{"uploadMs":…}`. Arguments: the address, its certificate, the files.
 */
const [platformUrl = '', caFile = '', ...files] = process.argv.slice(2);

// Well-formed and worthless: the sink does not look at signatures.
const credentials = parseCredentials({ apiId: 'a'.repeat(32), apiKey: 'b'.repeat(128) });
const client = createVeracodeClient({ credentials, platformUrl, caFile });
let uploadMs = 0;
for (const file of files) {
  const startedMs = performance.now();
  await upload(file);
  uploadMs = performance.now() - startedMs;
}
await client.close();
printUsage({ uploadMs });

async function upload(path: string): Promise<void> {
  const stats = await stat(path, { bigint: true });
  const artifact = { path, name: UPLOAD.fileName, sizeBytes: Number(stats.size), fingerprint: fingerprintOf(stats) };
  await uploadFile(client, { applicationId: UPLOAD.applicationId, sandboxId: null, artifact });
}
