import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import nodePath from 'node:path';

import { createRedactor, LocalError, type CredentialDestination, type Env } from '@verapipe/core';

import { systemCode } from '../../files/local-trouble.js';
import { type Payload, renderPayload } from './payload.js';
import { AT_ONCE } from './stream-destinations.js';
import { searchFolders, whyNotStartable } from './why-not-startable.js';

/** What a command destination is made from. */
export interface CommandDestinationOptions {
  readonly words: readonly [command: string, ...args: string[]];
  readonly payload: Payload;
  readonly env: Env;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
}

/** Never in the environment of a child: the pair that is in use. */
const SECRET_VARIABLE = 'VERACODE_API_KEY_SECRET';
/** As much of what a failed command said as is shown. */
const SHOWN_CHARACTERS = 500;
const KEPT_CHARACTERS = 16 * 1024;
const STARTABLE = 'Give a program or a script that can be run, with the right to run it. A script for a shell of Windows is started by its shell: ["cmd", "/c", …].';
/** What Windows may start; the last two it does not without a shell, and that is worth telling. */
const WINDOWS_ENDINGS: readonly string[] = ['', '.exe', '.com', '.cmd', '.bat'];

/**
 * A command of the user, which gets the pair on its stdin. It is started only once there is a pair: a secret store that
 * is fed an empty text because this process was killed would have lost its old secret for nothing.
 */
export function commandDestination(options: CommandDestinationOptions): CredentialDestination {
  const { words, payload } = options;
  const [name] = words;
  const describe = `the command ${name}`;
  let program = name;
  return {
    ...AT_ONCE,
    describe,
    safeOnce: `${describe} has read it and ended well (look into the store first: it may have the pair, and a store that was fed nothing may have lost its old one)`,
    async prove() {
      const found = await findProgram(name, options);
      if (found === null) throw new LocalError(`${describe} was not found.`, { code: 'command-not-found', advice: 'Give its path.' });
      if ('why' in found) throw new LocalError(`${describe} cannot be started: ${found.file} ${found.why}.`, { code: 'command-not-startable', advice: STARTABLE });
      ({ program } = found);
    },
    async write(pair) {
      const { exitCode, said, taken } = await feed(program, options, renderPayload(pair, payload));
      if (exitCode === 0 && taken) return describe;
      const text = createRedactor([pair.apiSecret])(said).trim();
      const how = exitCode === 0 ? 'ended well without reading all of the pair' : `ended with ${String(exitCode)}`;
      throw new LocalError(`${describe} ${how}.${text === '' ? '' : ` It said: ${text.slice(-SHOWN_CHARACTERS)}`}`, { code: 'command-failed' });
    },
  };
}

interface FedCommand {
  readonly exitCode: number | string;
  readonly said: string;
  /** False when it went away while the pair was handed over. */
  readonly taken: boolean;
}

function feed(program: string, { words, env, cwd }: CommandDestinationOptions, text: string): Promise<FedCommand> {
  // Windows knows no case in names.
  const childEnv = Object.fromEntries(Object.entries(env).filter(([name]) => name.toUpperCase() !== SECRET_VARIABLE));
  return new Promise((resolve) => {
    let said = '';
    let taken = true;
    // In a group of its own it outlives the signal that ends a job: half-way through its work it must not be stopped.
    const child = spawn(program, words.slice(1), { cwd, env: childEnv, shell: false, windowsHide: true, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece: string) => {
        said = (said + piece).slice(-KEPT_CHARACTERS);
      });
    }
    child.stdin.on('error', () => {
      taken = false;
    });
    child.on('error', (error) => resolve({ exitCode: systemCode(error), said, taken: false }));
    child.on('close', (code, signal) => resolve({ exitCode: code ?? signal ?? 'no exit code', said, taken }));
    child.stdin.end(text);
  });
}

/** A program that can be started, or a file of that name that cannot, and why. */
type FoundProgram = { readonly program: string } | { readonly file: string; readonly why: string };

/** A program: as it is given, or where the search path has it. @returns null when there is no file of that name */
async function findProgram(name: string, { env, cwd, platform }: CommandDestinationOptions): Promise<FoundProgram | null> {
  const paths = platform === 'win32' ? nodePath.win32 : nodePath.posix;
  const isPath = name.includes('/') || (platform === 'win32' && name.includes('\\'));
  let refused: FoundProgram | null = null;
  for (const folder of isPath ? [cwd] : searchFolders({ env, platform })) {
    for (const ending of platform === 'win32' ? WINDOWS_ENDINGS : ['']) {
      const candidate = paths.resolve(cwd, folder, name + ending);
      if (!(await exists(candidate))) continue;
      const why = await whyNotStartable(candidate, { env, cwd, platform });
      if (why === null) return { program: candidate };
      refused ??= { file: candidate, why };
    }
  }
  return refused;
}

/** The aliases of Windows cannot be looked at, but they are there. */
async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
