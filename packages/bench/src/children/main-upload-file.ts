import { stat } from 'node:fs/promises';

import { createVeracodeClient, fingerprintOf, parseCredentials, uploadFile } from '@verapipe/core';

import { UPLOAD } from '../upload-names.js';
import { printUsage } from '../usage.js';

/** Uploads one file with our client, as the workflow does. Arguments: the file, the address, its certificate. */
const [path = '', platformUrl = '', caFile = ''] = process.argv.slice(2);

// Well-formed and worthless: the sink does not look at signatures.
const credentials = parseCredentials({ apiId: 'a'.repeat(32), apiKey: 'b'.repeat(128) });
const client = createVeracodeClient({ credentials, platformUrl, caFile });
const stats = await stat(path, { bigint: true });
const artifact = { path, name: UPLOAD.fileName, sizeBytes: Number(stats.size), fingerprint: fingerprintOf(stats) };
await uploadFile(client, { applicationId: UPLOAD.applicationId, sandboxId: null, artifact });
await client.close();
await printUsage({});
process.exit();
