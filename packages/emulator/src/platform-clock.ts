/**
 * Time as the emulator sees it. Signatures, `Date` headers and expiry dates use wall time; prescans, scans and policy
 * evaluations run on scaled time.
 */
export interface PlatformClock {
  /** Wall time, milliseconds since the Unix epoch. */
  wallMs(): number;
  /** Emulated time, milliseconds since the Unix epoch: runs `timeScale` times as fast and can be moved forward. */
  emulatedMs(): number;
  /** Moves emulated time forward. */
  advance(ms: number): void;
  /** Resolves after wall milliseconds; used by delaying faults only. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
