import { isVeracodeError, type Redactor, type VeracodeError } from '@verapipe/core';

import { type Check, type CheckId, type CheckResult, failure, skipped } from './check.js';
import type { PreflightContext } from './preflight-context.js';

/** A check and what it came to. @public */
export interface MadeCheck extends CheckResult {
  readonly id: CheckId;
  readonly title: string;
}

/** Faults of the input and the end of the run are no findings of a check. */
const NO_FINDINGS: readonly string[] = ['ValidationError', 'AbortedError'];

/**
 * Makes all checks, in their order. What a check needs and cannot have, it is skipped for, and so are those that need it
 * in turn; every other check is made, so that everything is known after one run.
 *
 * @param onMade - hears of each check at once
 * @throws what is no finding: faults of the input, a cancelled run, our own bugs
 */
export async function runChecks(checks: readonly Check[], context: PreflightContext, onMade: (made: MadeCheck) => Promise<void>): Promise<readonly MadeCheck[]> {
  const { redact, input } = context.run;
  const made: MadeCheck[] = [];
  const missing = new Map<CheckId, string>();
  for (const check of checks) {
    input.signal?.throwIfAborted();
    const { id, title, needs } = check;
    const lacking = needs.map((need) => missing.get(need)).find((cause) => cause !== undefined);
    const result = lacking === undefined ? await make(check, context) : skipped(`"${lacking}" failed`);
    if (lacking !== undefined) missing.set(id, lacking);
    else if (result.outcome === 'failure') missing.set(id, title);
    const told = { id, title, ...redacted(result, redact) };
    made.push(told);
    await onMade(told);
  }
  return made;
}

async function make(check: Check, context: PreflightContext): Promise<CheckResult> {
  if (check.purposes?.includes(context.purpose) === false) return skipped(`not needed for ${context.purpose}`);
  try {
    return await check.run(context);
  } catch (error) {
    if (!isVeracodeError(error) || NO_FINDINGS.includes(error.name)) throw error;
    return failureOf(error);
  }
}

/** An error as a finding. */
export function failureOf(error: VeracodeError): CheckResult {
  return failure(error.message, error.advice ?? 'Run again with --debug, which tells every request and answer.');
}

function redacted({ outcome, line, advice }: CheckResult, redact: Redactor): CheckResult {
  return { outcome, line: redact(line), advice: advice === null ? null : redact(advice) };
}
