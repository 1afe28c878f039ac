import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { child } from './places.js';
import { runChild } from './run-child.js';
import { type Sink, startSink } from './sink.js';
import { UPLOAD } from './upload-names.js';
import { readUsage, type Usage } from './usage.js';

const ANSWER = `<?xml version="1.0" encoding="UTF-8"?>
<filelist xmlns="https://analysiscenter.veracode.com/schema/2.0/filelist" filelist_version="1.1" account_id="10001" \
app_id="${UPLOAD.applicationId}" build_id="2002">
<file file_id="3003" file_name="${UPLOAD.fileName}" file_status="Uploaded"/>
</filelist>
`;

/** Makes a file of that size without writing it: a hole reads as zeros, for us and for the peer. */
export async function writeArtifact(folder: string, sizeBytes: number): Promise<string> {
  const path = join(folder, `${sizeBytes}.jar`);
  const file = await open(path, 'w');
  await file.truncate(sizeBytes);
  await file.close();
  return path;
}

/** Starts a sink that answers as `uploadlargefile.do` does, and stops it afterwards. */
export async function withUploadSink<T>(folder: string, work: (sink: Sink) => Promise<T>): Promise<T> {
  const sink = await startSink(folder, ANSWER);
  try {
    return await work(sink);
  } finally {
    await sink.stop();
  }
}

/** Uploads a file with our client, in a process of its own. */
export async function uploadOnce(sink: Sink, artifact: string): Promise<Usage<{ readonly wallMs: number }>> {
  const { wallMs, stdout } = await runChild({ program: process.execPath, args: [child('upload-file'), artifact, sink.url, sink.caFile] });
  return { wallMs, peakBytes: readUsage(stdout).peakBytes };
}
