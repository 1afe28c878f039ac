import type { PrescanModule, PrescanResults } from '../domain/build.js';
import { compileNamePattern } from '../domain/name-pattern.js';
import type { ScanRequest } from '../domain/scan-request.js';
import { ScanFailedError } from '../kernel/errors.js';

/** Longer lists of ids were seen to fail. @see xml-api "beginscan.do" */
const MAX_IDS = 100;
/** Modules that a message lists. */
const MAX_LISTED = 20;

/** The modules to scan, as `beginscan.do` takes them, and by name. */
export interface SelectedModules {
  readonly modules: { readonly ids: readonly string[] } | 'all-top-level' | 'previously-selected';
  readonly names: readonly string[];
}

/**
 * True when the platform selects by itself exactly what is wanted: every top-level module without fatal errors. Then
 * the scan follows the prescan without a call.
 */
export function selectsByItself({ selection, include, exclude }: ScanRequest['modules']): boolean {
  return selection === 'all-non-fatal' && include.length === 0 && exclude.length === 0;
}

/**
 * Chooses the modules to scan. Pure. Dependencies and modules with fatal errors never match.
 *
 * @throws ScanFailedError `no-module-selected`, with what there was
 */
export function selectModules(results: PrescanResults, wanted: ScanRequest['modules']): SelectedModules {
  const usable = results.modules.filter((module) => !module.isDependency && !module.hasFatalErrors);
  const matching = usable.filter(({ name }) => isWanted(name, wanted));
  if (matching.length === 0) throw noModule(results, usable);
  const names = matching.map(({ name }) => name);
  if (wanted.selection === 'previous') return { modules: 'previously-selected', names };
  if (wanted.selection === 'top-level') return { modules: 'all-top-level', names };
  if (matching.length > MAX_IDS && matching.length === usable.length) return { modules: 'all-top-level', names };
  return { modules: { ids: matching.map(({ id }) => id) }, names };
}

function isWanted(name: string, { include, exclude }: ScanRequest['modules']): boolean {
  const matches = (pattern: string): boolean => compileNamePattern(pattern).test(name);
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}

function noModule({ buildId, modules }: PrescanResults, usable: readonly PrescanModule[]): ScanFailedError {
  const found = modules.length === 0 ? 'The prescan found no module at all.' : `Found: ${describe(modules)}.`;
  return new ScanFailedError(`No module of build ${buildId} can be scanned. ${found}`, {
    code: 'no-module-selected',
    advice:
      usable.length === 0
        ? 'Mend what makes the modules fatal (missing dependencies, debug information, unsupported compilers), then scan again.'
        : 'Change --include-modules and --exclude-modules: they are patterns on the names of modules.',
  });
}

function describe(modules: readonly PrescanModule[]): string {
  const listed = modules.slice(0, MAX_LISTED).map(describeModule).join('; ');
  return modules.length <= MAX_LISTED ? listed : `${listed}; and ${String(modules.length - MAX_LISTED)} more`;
}

function describeModule({ name, isDependency, hasFatalErrors, statusText, issues }: PrescanModule): string {
  if (isDependency) return `"${name}" (dependency)`;
  if (!hasFatalErrors) return `"${name}"`;
  const [why = statusText] = issues;
  return `"${name}" (fatal: ${why})`;
}
