import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { CommandName } from '../src/options/option.js';
import type { TaskInput } from '../src/run/run-task.js';
import type { TaskResult } from '../src/run/task-result.js';
import { runCreateServiceAccount } from '../src/tasks/create-service-account.js';
import { runCredentialsStatus } from '../src/tasks/credentials-status.js';
import { runCredentialsWhoami } from '../src/tasks/credentials-whoami.js';
import { runCredentialsRevoke } from '../src/tasks/revoke-credentials.js';
import { runCredentialsGenerate, runCredentialsRotate } from '../src/tasks/rotate-credentials.js';
import type { EmulatedRun, GivenOptions } from './emulated-run.js';

const TASKS = {
  status: ['credentials status', runCredentialsStatus],
  whoami: ['credentials whoami', runCredentialsWhoami],
  rotate: ['credentials rotate', runCredentialsRotate],
  generate: ['credentials generate', runCredentialsGenerate],
  revoke: ['credentials revoke', runCredentialsRevoke],
  create: ['credentials create-service-account', runCreateServiceAccount],
} as const satisfies Readonly<Record<string, readonly [CommandName, (input: TaskInput) => Promise<TaskResult>]>>;

export const GENERATE = 'POST /api/authn/v2/api_credentials';
export const READ = 'GET /api/authn/v2/api_credentials';
export const DONE = { kind: 'done', exitCode: 0 };
/** From here on the pair comes from the file. */
export const FROM_FILE = { env: { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' } };

/** The commands about credentials in an emulated world, and what is looked at behind them. */
export interface CredentialTasks {
  readonly run: (name: keyof typeof TASKS, options?: GivenOptions, more?: Partial<TaskInput>) => Promise<TaskResult>;
  /** The credentials file. */
  readonly file: () => string;
  /** Calls that make a pair of the account that signs. */
  readonly generated: () => number;
  /** The newest pair of an account. */
  readonly newest: (account?: number) => { readonly apiId: string; readonly apiKey: string };
  /** Everything that was said and printed. */
  readonly seen: () => string;
  /** @returns the text that was written */
  readonly writeProfiles: (text?: string) => Promise<string>;
}

/** @param world - the one of the test that runs */
export function credentialTasks(world: () => EmulatedRun): CredentialTasks {
  const file = (): string => join(dirname(world().cwd), '.veracode', 'credentials');
  return {
    run(name, options = {}, more = {}) {
      const [command, task] = TASKS[name];
      return task(world().taskInput(command, options, { isTerminal: () => false, ...more }));
    },
    file,
    generated: () => world().emulator.journal().filter(({ operation }) => operation === GENERATE).length,
    newest: (account = 0) => world().emulator.credentialsNow()[account] ?? { apiId: '', apiKey: '' },
    seen: () => `${JSON.stringify(world().events)}${world().printed()}`,
    async writeProfiles(text) {
      const { apiId, apiKey } = world().emulator;
      const before = text ?? `# ours\n[other]\nveracode_api_key_id = 1\n\n[default]\n# pipeline\nveracode_api_key_id = ${apiId}\nveracode_api_key_secret = ${apiKey}\n`;
      await mkdir(dirname(file()), { recursive: true });
      await writeFile(file(), before);
      await chmod(file(), 0o644);
      return before;
    },
  };
}
