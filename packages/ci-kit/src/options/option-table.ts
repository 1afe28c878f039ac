import type { OptionDeclaration } from './option.js';
import { APPLICATION_PROFILE } from './table/application-profile.js';
import { JUDGEMENT } from './table/judgement.js';
import { MODULES } from './table/modules.js';
import { OUTPUT } from './table/output.js';
import { PLATFORM } from './table/platform.js';
import { THE_RUN } from './table/the-run.js';
import { WHAT_TO_SCAN } from './table/what-to-scan.js';

/** Every option there is, grouped, in the order of help texts. @public */
export const OPTIONS = [
  ...WHAT_TO_SCAN,
  ...APPLICATION_PROFILE,
  ...MODULES,
  ...THE_RUN,
  ...JUDGEMENT,
  ...PLATFORM,
  ...OUTPUT,
] as const satisfies readonly OptionDeclaration[];

type Option = (typeof OPTIONS)[number];

/** Name of an option. @public */
export type OptionName = Option['name'];

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S;

type NullIfNone<D extends OptionDeclaration> = D['default'] extends null ? null : never;

type ValueOf<D extends OptionDeclaration> = D extends { readonly repeatable: true }
  ? readonly string[]
  : D extends { readonly type: 'boolean' }
    ? boolean
    : D extends { readonly type: 'integer' }
      ? number | NullIfNone<D>
      : D extends { readonly type: 'severity' }
        ? 0 | 1 | 2 | 3 | 4 | 5 | null
        : D extends { readonly choices: readonly (infer Choice)[] }
          ? Choice | NullIfNone<D>
          : string | NullIfNone<D>;

/** The value of every option, by its name in camel case; those that a command does not take have their defaults. @public */
export type OptionValues = { readonly [D in Option as CamelCase<D['name']>]: ValueOf<D> };

/** Key of an option in {@link OptionValues}. @public */
export type OptionKey = keyof OptionValues;

/** The same table, seen without the literal types. @public */
export const OPTION_TABLE: readonly (OptionDeclaration & { readonly name: OptionName })[] = OPTIONS;
