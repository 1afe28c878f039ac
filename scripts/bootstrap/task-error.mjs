/** A failure that is explained: what happened while doing what, and what to do next. Printed without a stack. */
export class TaskError extends Error {
  /** @param {string} message @param {{ cause?: unknown, exitCode?: number }} [options] */
  constructor(message, options = {}) {
    super(message, { cause: options.cause });
    this.name = 'TaskError';
    this.exitCode = options.exitCode ?? 1;
  }
}
