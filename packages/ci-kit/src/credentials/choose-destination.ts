import { isatty } from 'node:tty';

import type { CredentialDestination, ValidationIssue } from '@verapipe/core';

import type { RunContext } from '../run/run-context.js';
import type { TaskInput } from '../run/run-task.js';
import { commandDestination } from './destinations/command-destination.js';
import { parseCommandWords } from './destinations/command-words.js';
import { profileDestination } from './destinations/profile-destination.js';
import { descriptorDestination, printingDestination } from './destinations/stream-destinations.js';
import { checkoutAround } from './inside-checkout.js';
import { profileFile } from './profile-file.js';

/** Where a new pair goes; null when something is wrong with the choice. */
export interface DestinationChoice {
  readonly destination: CredentialDestination | null;
  /** True when the pair takes stdout, so that nothing else may stand there. */
  readonly takesStdout: boolean;
  readonly issues: readonly ValidationIssue[];
}

const [STDOUT, STDERR] = [1, 2];

type Given = Pick<DestinationChoice, 'destination'> & { readonly issue?: ValidationIssue; readonly takesStdout?: boolean };

/** Reads the options that say where a new pair goes: exactly one of them. */
export async function chooseDestination(run: RunContext, input: TaskInput): Promise<DestinationChoice> {
  const { toProfile, toFd, toCommand, show } = run.options;
  const isTerminal = input.isTerminal ?? isatty;
  const given: (() => Given | Promise<Given>)[] = [];
  if (toProfile !== null) given.push(() => toProfileFile(run, toProfile));
  if (toFd !== null) given.push(() => toDescriptor(run, toFd, isTerminal));
  if (toCommand !== null) given.push(() => toStartedCommand(run, toCommand));
  // `--show` beside a descriptor only allows that to be a terminal.
  if (show && toFd === null) given.push(() => ({ destination: printingDestination({ print: input.print, fd: input.printFd ?? null, payload: run.options.payload }), takesStdout: true }));
  const [first, ...others] = given;
  if (first === undefined || others.length > 0) {
    const got = first === undefined ? 'no place for the new pair' : 'several places for the new pair';
    return { destination: null, takesStdout: false, issues: [{ path: 'toProfile', got, wanted: 'one of --to-profile, --to-fd, --to-command, --show' }] };
  }
  const { destination, issue, takesStdout = false } = await first();
  const issues = issue === undefined ? [] : [issue];
  if (takesStdout && run.options.json) issues.push({ path: 'json', got: 'the report on stdout as well', wanted: 'another place for the pair, or no --json' });
  return { destination, takesStdout, issues };
}

async function toProfileFile(run: RunContext, profile: string): Promise<Given> {
  const refuse = (got: string, wanted: string): Given => ({ destination: null, issue: { path: 'toProfile', got, wanted } });
  if (/[\]\r\n]/u.test(profile) || profile.trim() !== profile) return refuse('a name that cannot stand between brackets', 'the name of a section, for instance default');
  const file = profileFile(run);
  const checkout = await checkoutAround(file);
  if (checkout !== null) return refuse(`${file}, which lies in the checkout ${checkout}`, 'a home folder outside of every checkout: a secret there is soon committed');
  return { destination: profileDestination(file, profile) };
}

function toDescriptor(run: RunContext, fd: number, isTerminal: (fd: number) => boolean): Given {
  const refuse = (got: string, wanted: string): Given => ({ destination: null, issue: { path: 'toFd', got: `descriptor ${String(fd)}, which ${got}`, wanted } });
  // The lines about the rotation itself would stand around the pair, and a CI keeps them for everybody.
  if (fd === STDERR) return refuse('takes the progress', 'another one, for instance --to-fd 3 3>pair.env');
  if (isTerminal(fd) && !run.options.show) return refuse('is a terminal', 'a file or a pipe; or --show as well, if the pair is to be seen');
  return { destination: descriptorDestination(fd, run.options.payload), takesStdout: fd === STDOUT };
}

function toStartedCommand({ options, input: { env, cwd, platform } }: RunContext, text: string): Given {
  const parsed = parseCommandWords(text);
  if ('wanted' in parsed) return { destination: null, issue: { path: 'toCommand', got: 'something else', wanted: parsed.wanted } };
  return { destination: commandDestination({ words: parsed.words, payload: options.payload, env, cwd, platform }) };
}
