import { createHash } from 'node:crypto';
import { matchesPattern } from '../scenarios/patterns.js';
import type { ModuleSpec, ScanBehaviour } from '../scenarios/scan-rule-schema.js';
import type { FileRecord, ModuleRecord } from './state.js';

const jvm = 'JVM / Java J2SE 17 / JAVAC_17';
const windows = 'X86 / Win32 / MSVC';
const script = 'JAVASCRIPT / JavaScript / JAVASCRIPT_5_1';

/** Kinds of files that can be analysed, and what the prescan says about them. Longest ending first. */
const platformsByEnding: readonly (readonly [string, string])[] = [
  ['.tar.gz', script],
  ['.jar', jvm],
  ['.war', jvm],
  ['.ear', jvm],
  ['.zip', script],
  ['.tgz', script],
  ['.tar', script],
  ['.apk', 'ARM / Android / JAVAC_17'],
  ['.aab', 'ARM / Android / JAVAC_17'],
  ['.ipa', 'ARM64 / iOS / CLANG'],
  ['.bca', 'ARM64 / iOS / CLANG'],
  ['.exe', windows],
  ['.dll', windows],
  ['.so', 'X86_64 / Linux / GCC'],
  ['.pyz', 'PYTHON / Python / PYTHON_3'],
  ['.whl', 'PYTHON / Python / PYTHON_3'],
];

/**
 * What a prescan finds: every uploaded file yields the scenario's modules that match its name, else one module if it is
 * of a kind that can be analysed.
 */
export function findModules(files: readonly FileRecord[], behaviour: ScanBehaviour, takeModuleId: () => number): ModuleRecord[] {
  const readable = files.filter(({ status }) => status === 'Uploaded');
  return readable.flatMap((file) => {
    const specs = behaviour.modules.filter((spec) => matchesPattern(spec.file, file.name));
    if (specs.length > 0) {
      return specs.map((spec) => moduleOf(file, spec, String(takeModuleId())));
    }
    return platformOf(file.name) === undefined ? [] : [moduleOf(file, plainModule, String(takeModuleId()))];
  });
}

const plainModule: ModuleSpec = { file: '*', name: '{file}', fatal: false, dependency: false, issues: [], fileIssues: [] };

function moduleOf(file: FileRecord, spec: ModuleSpec, id: string): ModuleRecord {
  const name = spec.name.replaceAll('{file}', file.name);
  return {
    id,
    name,
    fileId: file.id,
    checksum: createHash('md5').update(`${file.md5}/${name}`).digest('hex'),
    platform: spec.platform ?? platformOf(file.name) ?? 'Unknown / Unknown / Unknown',
    sizeBytes: file.sizeBytes,
    status: spec.status ?? (spec.fatal ? '(Fatal)Required Files Missing - 1 File' : 'OK'),
    fatal: spec.fatal,
    dependency: spec.dependency,
    issues: spec.issues,
    fileIssues: spec.fileIssues,
  };
}

function platformOf(fileName: string): string | undefined {
  const name = fileName.toLowerCase();
  return platformsByEnding.find(([ending]) => name.endsWith(ending))?.[1];
}
