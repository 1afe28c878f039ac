/** Every command that takes options. @public */
export const COMMANDS = [
  'scan',
  'wait',
  'pipeline-scan',
  'findings',
  'sandbox list',
  'sandbox create',
  'sandbox promote',
  'sandbox sweep',
  'applications changed',
  'gate',
  'report',
  'baseline save',
  'baseline compare',
  'lint',
  'preflight',
  'health',
  'credentials status',
  'credentials whoami',
  'credentials rotate',
  'credentials generate',
  'credentials revoke',
  'credentials create-service-account',
  'credentials scan',
  'drill',
  'init',
] as const;

/** A command: one word, or two. @public */
export type CommandName = (typeof COMMANDS)[number];

/** Options of `scan` only. */
export const SCAN = ['scan'] as const satisfies readonly CommandName[];

/** Options of the commands that end in a verdict. */
export const BOTH = ['scan', 'wait'] as const satisfies readonly CommandName[];

/** Options of the commands that work on a sandbox. */
export const SANDBOX = ['sandbox list', 'sandbox create', 'sandbox promote', 'sandbox sweep'] as const satisfies readonly CommandName[];

/** Options of every command that judges findings. */
export const JUDGING = ['scan', 'wait', 'pipeline-scan'] as const satisfies readonly CommandName[];

/** Options of every command that evaluates gates, whether it scans or reads a file. */
export const GATING = [...JUDGING, 'gate'] as const satisfies readonly CommandName[];

/** Options of the commands that read a file of findings. */
export const READING = ['gate', 'report', 'baseline save', 'baseline compare'] as const satisfies readonly CommandName[];

/** Commands that read files and ask nobody. */
const LOCAL: readonly CommandName[] = ['report', 'baseline compare', 'lint', 'credentials scan', 'drill', 'init'];

/** Options of every command that can go to the platform. */
export const ASKING: readonly CommandName[] = COMMANDS.filter((name) => !LOCAL.includes(name));

/** Commands that change the platform, and can say beforehand how. @public */
export const PLANNED_COMMANDS = ['scan', 'wait', 'pipeline-scan', 'sandbox create', 'sandbox promote', 'sandbox sweep', 'preflight', 'credentials rotate', 'credentials generate', 'credentials revoke', 'credentials create-service-account'] as const satisfies readonly CommandName[];

/** Headings under which help and manuals list options, in this order. @public */
export const OPTION_GROUPS = [
  'What to scan',
  'What to look at',
  'Preflight',
  'The pipeline',
  'Application profile',
  'Modules',
  'Pipeline scan',
  'The run',
  'Judgement',
  'Credentials',
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
  /** How it is typed after a command in which another option of that name has no place. */
  readonly typedAs?: string;
  /** Commands in which words without a name before them are values of this option. */
  readonly positionalIn?: readonly CommandName[];
  readonly type: 'text' | 'integer' | 'boolean' | 'choice' | 'severity';
  readonly commands: readonly CommandName[];
  readonly group: OptionGroup;
  /** What stands for the value in help texts. */
  readonly placeholder?: string;
  /** Used when nobody gives a value; null when there is none, or when it depends on something. */
  readonly default: string | number | boolean | null;
  /** Commands that do without, although `defaultText` says `required`. */
  readonly optionalIn?: readonly CommandName[];
  /** Where a command has another default. */
  readonly defaults?: Readonly<Partial<Record<CommandName, string | number | boolean>>>;
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
