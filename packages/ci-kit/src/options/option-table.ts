import type { OptionDeclaration } from './option.js';
import { APPLICATION_PROFILE } from './table/application-profile.js';
import { ARTIFACT_LINT } from './table/artifact-lint.js';
import { BASELINE_SCAN } from './table/baseline-scan.js';
import { CREDENTIALS } from './table/credentials.js';
import { JUDGEMENT } from './table/judgement.js';
import { MITIGATIONS } from './table/mitigations.js';
import { MODULES } from './table/modules.js';
import { OUTPUT } from './table/output.js';
import { PIPELINE_SCAN } from './table/pipeline-scan.js';
import { PLACES_IN_CODE } from './table/places-in-code.js';
import { PLATFORM } from './table/platform.js';
import { PREFLIGHT } from './table/preflight.js';
import { REPORTS } from './table/reports.js';
import { THE_PIPELINE } from './table/the-pipeline.js';
import { THE_RUN } from './table/the-run.js';
import { VERIFY_PLATFORM } from './table/verify-platform.js';
import { WHAT_TO_LOOK_AT } from './table/what-to-look-at.js';
import { WHAT_TO_SCAN } from './table/what-to-scan.js';

/** Every option there is, grouped, in the order of help texts. @public */
export const OPTIONS = [
  ...WHAT_TO_SCAN,
  ...ARTIFACT_LINT,
  ...WHAT_TO_LOOK_AT,
  ...PREFLIGHT,
  ...THE_PIPELINE,
  ...APPLICATION_PROFILE,
  ...MODULES,
  ...PIPELINE_SCAN,
  ...THE_RUN,
  ...JUDGEMENT,
  ...CREDENTIALS,
  ...BASELINE_SCAN,
  ...MITIGATIONS,
  ...VERIFY_PLATFORM,
  ...PLATFORM,
  ...PLACES_IN_CODE,
  ...OUTPUT,
  ...REPORTS,
] as const satisfies readonly OptionDeclaration[];

type Option = (typeof OPTIONS)[number];

/** Name of an option. @public */
export type OptionName = Option['name'];

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S;

type NullIfNone<D extends OptionDeclaration> = D['default'] extends null ? null : never;

type ValueOf<D extends OptionDeclaration> = D extends { readonly repeatable: true }
  ? readonly (D extends { readonly choices: readonly (infer Choice)[] } ? Choice : string)[]
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
