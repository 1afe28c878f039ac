/** The commands that take options. @public */
export type CommandName = 'scan' | 'wait';

/** Options of `scan` only. */
export const SCAN = ['scan'] as const satisfies readonly CommandName[];

/** Options of both commands. */
export const BOTH = ['scan', 'wait'] as const satisfies readonly CommandName[];

/** Headings under which help and manuals list options, in this order. @public */
export const OPTION_GROUPS = [
  'What to scan',
  'Application profile',
  'Modules',
  'The run',
  'Judgement',
  'Platform and network',
  'Output',
] as const;

/** @public */
export type OptionGroup = (typeof OPTION_GROUPS)[number];

/**
 * One option, as data: command line, environment, manifests of CI tasks and manuals are made from it.
 *
 * @public
 */
export interface OptionDeclaration {
  /** Kebab-case; other spellings are derived from it. */
  readonly name: string;
  readonly type: 'text' | 'integer' | 'boolean' | 'choice' | 'severity';
  readonly commands: readonly CommandName[];
  readonly group: OptionGroup;
  /** What stands for the value in help texts. */
  readonly placeholder?: string;
  /** Used when nobody gives a value; null when there is none, or when it depends on something. */
  readonly default: string | number | boolean | null;
  /** Says in words what a `null` default comes to. */
  readonly defaultText?: string;
  /** One or two sentences, the first one short. */
  readonly help: string;
  /** May be given several times; the value is a list. */
  readonly repeatable?: true;
  /** Words that a `choice` takes. */
  readonly choices?: readonly string[];
  /** Words that other tools use for a choice. */
  readonly otherWords?: Readonly<Record<string, string>>;
  /** Smallest integer. */
  readonly min?: number;
  /** Largest integer. */
  readonly max?: number;
  readonly unit?: 'minutes' | 'seconds';
  /** Names in the tools that people come from; accepted, and the name of today is said once. */
  readonly oldNames?: readonly string[];
}
