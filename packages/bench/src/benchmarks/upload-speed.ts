import { type Benchmark, measured } from '../figure.js';
import { interleave, median } from '../median.js';
import { findProgram } from '../find-program.js';
import { runChild } from '../run-child.js';
import { missingForSink } from '../sink.js';
import { uploadOnce, withUploadSink, writeArtifact } from '../upload.js';

const ARTIFACT_BYTES = 2 ** 30;

/** One GiB over TLS, against `curl -T`. */
export const uploadSpeed: Benchmark = {
  name: 'upload speed',
  async run(folder) {
    const what = '1 GiB over TLS, wall ms';
    const curl = findProgram('curl');
    const missing = curl === null ? 'curl is not on the PATH' : missingForSink();
    if (curl === null || missing !== null) return [{ id: 'upload-speed', what, notRun: missing ?? '' }];

    const artifact = await writeArtifact(folder, ARTIFACT_BYTES);
    return withUploadSink(folder, async (sink) => {
      const options = ['--silent', '--show-error', '--fail', '--cacert', sink.caFile];
      const { ours, theirs } = await interleave(
        async () => (await uploadOnce(sink, artifact)).wallMs,
        async () => (await runChild({ program: curl, args: [...options, '-T', artifact, `${sink.url}/upload`] })).wallMs,
      );
      return [measured({ id: 'upload-speed', what, peer: 'curl -T', ours: median(ours), theirs: median(theirs), goal: 1.15 })];
    });
  },
};
