import { readTaskInputs, type InputSurroundings, type InputTable, type ReadOptions } from '@verapipe/ci-kit';

import { OLD_INPUTS } from './manifest/old-inputs.js';
import { OPTION_INPUTS } from './manifest/option-inputs.js';
import { CONNECTION, OWN_INPUTS } from './manifest/own-inputs.js';
import { TASK_COMMANDS, type TaskCommand } from './manifest/task-commands.js';

/** The inputs of one task, read. */
export interface TaskInputs {
  readonly command: TaskCommand;
  /** Holds every fault of the inputs, also of those that are no options. */
  readonly options: ReadOptions;
  /** Id of the service connection; null where none was given. */
  readonly connection: string | null;
  readonly onTimeout: 'fail' | 'warn';
  readonly artifactName: string | null;
}

const TABLE: InputTable<TaskCommand, 'connection' | 'onTimeout' | 'artifactName'> = {
  commands: TASK_COMMANDS,
  defaultCommand: 'scan',
  own: { ...OWN_INPUTS, connection: CONNECTION },
  options: OPTION_INPUTS,
  old: { task: 'Veracode@3', inputs: OLD_INPUTS },
  unreplaced: { by: 'Azure', pattern: /\$\([\w. -]+\)/u },
};

/** Reads the inputs. Faults are values. Pure. */
export function readInputs(inputs: ReadonlyMap<string, string>, surroundings: InputSurroundings<TaskCommand>): TaskInputs {
  const { command, options, own } = readTaskInputs(TABLE, inputs, surroundings);
  return { command, options, connection: own.connection, onTimeout: own.onTimeout === 'warn' ? 'warn' : 'fail', artifactName: own.artifactName };
}
