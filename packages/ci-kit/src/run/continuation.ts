import type { ScanState } from '@verapipe/core';

import type { OptionValues } from '../options/option-table.js';
import { quoteArgument } from './quote-argument.js';
import type { Continuation } from './run-result.js';

const REPEAT = 'the same command, with --resume';
/** Scans are found by their names. */
const REPEAT_WITHOUT_STATE = 'the same command';

/** Where a run stopped. */
export interface Stop {
  readonly state: ScanState | null;
  /** As it is shown; null where it could not be written, so that nobody can go on from it. */
  readonly stateFile: string | null;
  readonly options: OptionValues;
  readonly platform: NodeJS.Platform;
  /** True when it was ended from outside, so that a call may have been under way. */
  readonly isInterrupted: boolean;
}

/**
 * What of a stopped run is still on the platform, and what to type to go on with it. Pure.
 *
 * @returns null when it left nothing that could be gone on with
 */
export function continuationOf({ state, stateFile, options, platform, isInterrupted }: Stop): Continuation | null {
  const { build = null, application = null } = state ?? {};
  if (isInterrupted && state?.step === 'build' && build === null) {
    return {
      sentence: `Scan "${state.scanName}" was being created; the platform may have it. It is looked for, and nothing is done twice, when the run is repeated:`,
      command: stateFile === null ? REPEAT_WITHOUT_STATE : REPEAT,
    };
  }
  if (state === null || build === null || application === null) return null;
  const place = state.sandbox === null ? `"${application.name}"` : `"${application.name}", sandbox "${state.sandbox.name}"`;
  const subject = `Scan "${build.name}" (build ${build.id}) of ${place}`;
  if (stateFile === null) {
    return { sentence: `${subject} is on the platform, and its state could not be saved. It is found by its name when the run is repeated:`, command: REPEAT_WITHOUT_STATE };
  }
  if (!isUploaded(state)) {
    return {
      sentence: `${subject} is on the platform without all of its files. Nothing is uploaded twice when the run is repeated:`,
      command: REPEAT,
    };
  }
  const sentence = state.step === 'results' ? `The results of ${lowerFirst(subject)} are on the platform. To read them again:` : `${subject} goes on at the platform. To attach to it:`;
  return { sentence, command: attachCommand({ stateFile, options, platform }) };
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** After the upload no file of this machine is needed any more. */
function isUploaded({ step, progress }: ScanState): boolean {
  return ['prescan', 'scan', 'results'].includes(step) || (step === 'upload' && progress === 'done');
}

/** The options that lead another process to the same platform stand in the command; credentials never do. */
function attachCommand({ stateFile, options, platform }: Omit<Stop, 'state' | 'stateFile' | 'isInterrupted'> & { readonly stateFile: string }): string {
  const { platformUrl, region, profile, caFile } = options;
  const given = { state: stateFile, 'platform-url': platformUrl, region, profile, 'ca-file': caFile };
  const words = Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [`--${name}`, quoteArgument(value, platform)]));
  return ['verapipe', 'wait', ...words].join(' ');
}
