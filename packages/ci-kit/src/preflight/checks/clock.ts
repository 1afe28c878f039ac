import { type Check, type CheckResult, failure, ok, skipped, warning } from '../check.js';

/** Signatures carry the time. What the platform tolerates is not documented; these are the figures of other services. */
const WARNING_MS = 30_000;
const FAILURE_MS = 5 * 60_000;

const ADVICE = "Let this machine's clock be set by a time server: signatures carry the time, and a wrong one is refused.";

/** This machine's clock against the platform's `Date`. */
export const clock: Check = {
  id: 'clock',
  title: 'Clock',
  needs: ['tls'],
  async run({ bases, probe }) {
    for (const base of bases) {
      const { skewMs } = await probe(base);
      if (skewMs !== null) return judgeSkew(skewMs);
    }
    return skipped('no answer told the time');
  },
};

/** @param skewMs - this machine's clock minus the platform's */
export function judgeSkew(skewMs: number): CheckResult {
  const size = Math.abs(skewMs);
  const line = `this clock is ${String(Math.round(size / 1000))} s ${skewMs > 0 ? 'ahead of' : 'behind'} the platform's`;
  if (size > FAILURE_MS) return failure(line, ADVICE);
  if (size > WARNING_MS) return warning(line, ADVICE);
  return ok("this clock agrees with the platform's");
}
