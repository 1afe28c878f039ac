import type { Finding } from './finding.js';

/** The one way by which the emulator lets data reach a finding. */
export interface EmulatedDataPath {
  /** File with its folder, as every report spells it. */
  readonly file: string;
  readonly functionName: string;
  /** The deepest first, as every answer lists them: where the finding is, then where the data came in. 0 where unknown. */
  readonly lines: readonly [number, number];
}

/** Makes up a path of two steps in one function, the same in every answer. */
export function dataPathOf({ sourceFolder, sourceFile, line, functionPrototype }: Finding): EmulatedDataPath {
  return {
    file: `${sourceFolder}${sourceFile}`,
    functionName: /([^\s.(]+)\(/.exec(functionPrototype)?.[1] ?? 'UNKNOWN',
    lines: [line, Math.max(Math.min(1, line), line - 3)],
  };
}
