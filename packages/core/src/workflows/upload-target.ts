import type { BuildContext } from '../domain/build.js';

/** Uploads into one build that can still be edited. */
export interface UploadTarget {
  readonly context: BuildContext;
  readonly buildId: string;
  /** True when the build was created a moment ago, so that it holds no files. */
  readonly isEmpty: boolean;
}
