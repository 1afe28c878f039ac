import type { CommandName, OptionDeclaration } from '../options/option.js';
import type { OptionName } from '../options/option-table.js';

/** An input of a CI system's task that is no option of a command. @public */
export interface OwnInput<Word extends string> {
  readonly name: string;
  /** The words that it takes; absent: any text. */
  readonly words?: readonly string[];
  /** What else it does not take. */
  readonly refused?: RefusedText;
  /** Beside these only; absent: beside all. */
  readonly commands?: readonly Word[];
}

/** Text in which the pattern is found is a fault. @public */
export interface RefusedText {
  readonly pattern: RegExp;
  readonly wanted: string;
}

/** An option that is an input of the task. @public */
export interface OptionInput<Word extends string> {
  /** In camel case. */
  readonly name: string;
  readonly option: OptionDeclaration & { readonly name: OptionName };
  /** Words for commands beside which it means something. */
  readonly commands: readonly Word[];
}

/** What an input of another task means here. @public */
export type OldInput =
  /** The same as an option; `negated`: its opposite; what `refused` finds in a value was special there, and is not here. */
  | { readonly option: OptionName; readonly negated?: true; readonly refused?: RefusedText }
  /** Nothing, with one of these values: that is how it always is. With another value what is `wanted` instead. */
  | { readonly needless: readonly string[]; readonly wanted: string }
  /** Nothing that this task could do. */
  | { readonly wanted: string };

/** Everything that a task takes; names differ in more than capitals, which CI systems do not tell. @public */
export interface InputTable<Word extends string, Own extends string> {
  /** What the input `command` can say, and the command that it stands for. */
  readonly commands: Readonly<Record<Word, CommandName>>;
  /** The word without one. */
  readonly defaultCommand: Word;
  readonly own: Readonly<Record<Own | 'command', OwnInput<Word>>>;
  readonly options: readonly OptionInput<Word>[];
  /** Inputs of the task that people come from, by name. */
  readonly old: { readonly task: string; readonly inputs: Readonly<Record<string, OldInput>> };
  /** References to variables that a CI system leaves as they are, because nobody has set them. */
  readonly unreplaced: { readonly by: string; readonly pattern: RegExp };
}
