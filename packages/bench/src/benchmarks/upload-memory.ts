import { type Benchmark, measured } from '../figure.js';
import { interleave, median } from '../median.js';
import { missingForSink } from '../sink.js';
import { uploadOnce, withUploadSink, writeArtifact } from '../upload.js';

const SMALL_BYTES = 10 * 1000 * 1000;
const LARGE_BYTES = 2 * 1000 * 1000 * 1000;
const BUDGET_BYTES = 110 * 1000 * 1000;

/** Peak memory of an upload: within its budget, and the same for a small and a large artifact. */
export const uploadMemory: Benchmark = {
  name: 'upload memory',
  async run(folder) {
    const missing = missingForSink();
    if (missing !== null) return [{ id: 'upload-memory', what: 'peak bytes of an upload', notRun: missing }];

    const small = await writeArtifact(folder, SMALL_BYTES);
    const large = await writeArtifact(folder, LARGE_BYTES);
    return withUploadSink(folder, async (sink) => {
      const samples = await interleave(
        async () => (await uploadOnce(sink, large)).peakBytes,
        async () => (await uploadOnce(sink, small)).peakBytes,
      );
      const [ours, theirs] = [median(samples.ours), median(samples.theirs)];
      return [
        measured({ id: 'upload-memory', what: 'uploading 2 GB, peak bytes', peer: 'the budget of 110 MB', ours, theirs: BUDGET_BYTES, goal: 1 }),
        measured({ id: 'upload-memory-growth', what: 'uploading 2 GB, peak bytes', peer: 'uploading 10 MB', ours, theirs, goal: 1.1 }),
      ];
    });
  },
};
