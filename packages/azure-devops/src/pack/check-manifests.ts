import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { Ajv, type ErrorObject } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';

import { TASK_FOLDER } from '../manifest/extension-manifest.js';
import { TASK_MAJOR } from '../manifest/versions.js';

/** What the manifests of a staged extension have against the schemas of their makers, and what these cannot say. */
export async function manifestFaults(staged: string, schemaFolder: string): Promise<readonly string[]> {
  const taskPath = join(staged, TASK_FOLDER, `${TASK_FOLDER}V${String(TASK_MAJOR)}`, 'task.json');
  const [extension, task, extensionSchema, taskSchema] = await Promise.all(
    [join(staged, 'vss-extension.json'), taskPath, join(schemaFolder, 'azure-devops-extension-manifest-1.0.json'), join(schemaFolder, 'azure-task-json.schema.json')].map(readJson),
  );
  const draft07 = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  // One pattern of the schema is none with the flag u.
  const draft04 = new AjvDraft04.default({ strict: false, unicodeRegExp: false, allErrors: true });
  draft07.validate(extensionSchema ?? {}, extension);
  draft04.validate(taskSchema ?? {}, task);
  return [...faultLines('vss-extension.json', draft07.errors), ...faultLines('task.json', draft04.errors), ...missingPrograms(task, dirname(taskPath))];
}

async function readJson(path: string): Promise<object> {
  return JSON.parse(await readFile(path, 'utf8')) as object;
}

function faultLines(file: string, errors: readonly ErrorObject[] | null | undefined): readonly string[] {
  return (errors ?? []).map(({ instancePath, message }) => `${file}${instancePath}: ${message ?? 'is not valid'}`);
}

function missingPrograms(task: object | undefined, folder: string): readonly string[] {
  const { execution = {} } = (task ?? {}) as { readonly execution?: Readonly<Record<string, { readonly target?: string }>> };
  return Object.entries(execution).flatMap(([handler, { target = '' }]) => (existsSync(join(folder, target)) ? [] : [`task.json/execution/${handler}: there is no ${target}`]));
}
