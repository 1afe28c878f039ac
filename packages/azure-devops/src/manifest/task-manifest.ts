import { OUTPUT_VARIABLES } from './output-variables.js';
import { MANIFEST_GROUPS, manifestInputs } from './task-inputs.js';
import type { Variant } from './variant.js';
import { TASK_MAJOR, type TaskVersion } from './versions.js';

/** The program of the task, as it lies beside its manifest. */
export const TASK_PROGRAM = 'main.cjs';

const UNSTAMPED: TaskVersion = { Major: TASK_MAJOR, Minor: 0, Patch: 0 };

/**
 * The manifest of the task. Pure.
 *
 * @param version - stamped when the extension is packed
 * @see github.com/microsoft/azure-pipelines-task-lib, tasks.schema.json
 */
export function taskManifest(variant: Variant, version: TaskVersion = UNSTAMPED): Readonly<Record<string, unknown>> {
  const handler = { target: TASK_PROGRAM, argumentFormat: '' };
  return {
    id: variant.taskId,
    name: variant.taskName,
    friendlyName: variant.friendlyName,
    description: 'Scans with Veracode, judges what was found, and is green only with proof of a scan.',
    helpMarkDown: 'The manual is docs/azure-devops.md of verapipe.',
    author: 'verapipe',
    category: 'Azure Pipelines',
    visibility: ['Build'],
    runsOn: ['Agent'],
    // The first agent with Node 20.
    minimumAgentVersion: '4.248.0',
    version,
    instanceNameFormat: 'Veracode $(command)',
    groups: MANIFEST_GROUPS,
    inputs: manifestInputs(variant),
    outputVariables: Object.entries(OUTPUT_VARIABLES).map(([name, description]) => ({ name, description })),
    // Whatever text got the agent to obey it, it could set nothing else.
    restrictions: { commands: { mode: 'any' }, settableVariables: { allowed: Object.keys(OUTPUT_VARIABLES) } },
    execution: { Node24: handler, Node20_1: handler },
  };
}
