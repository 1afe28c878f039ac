import { devNull } from 'node:os';

import { type Benchmark, measured } from '../figure.js';
import { interleave, median } from '../median.js';
import { findProgram } from '../find-program.js';
import { runChild } from '../run-child.js';
import { missingForSink } from '../sink.js';
import { upload, withUploadSink, writeArtifact } from '../upload.js';

const ARTIFACT_BYTES = 2 ** 30;

/**
 * One GiB over TLS against `curl -T`, from the first byte to the read answer on a connection that stands, as in a scan:
 * there the process has started and earlier calls have opened the connection long before.
 */
export const uploadSpeed: Benchmark = {
  name: 'upload speed',
  async run(folder) {
    const what = '1 GiB over TLS, on a standing connection, wall ms';
    const curl = findProgram('curl');
    const missing = curl === null ? 'curl is not on the PATH' : missingForSink();
    if (curl === null || missing !== null) return [{ id: 'upload-speed', what, notRun: missing ?? '' }];

    const artifact = await writeArtifact(folder, ARTIFACT_BYTES);
    return withUploadSink(folder, async (sink) => {
      const options = ['--silent', '--show-error', '--fail', '--cacert', sink.caFile];
      const figures = ['--output', devNull, '--write-out', '%{time_appconnect} %{time_total}'];
      const { ours, theirs } = await interleave(
        // A small file opens the connection; the certificate is one.
        async () => (await upload(sink, [sink.caFile, artifact])).uploadMs,
        async () => {
          const { stdout } = await runChild({ program: curl, args: [...options, ...figures, '-T', artifact, `${sink.url}/upload`] });
          const [connectedSeconds = NaN, endedSeconds = NaN] = stdout.split(' ').map(Number);
          return (endedSeconds - connectedSeconds) * 1000;
        },
      );
      return [measured({ id: 'upload-speed', what, peer: 'curl -T', ours: median(ours), theirs: median(theirs), goal: 1.15 })];
    });
  },
};
