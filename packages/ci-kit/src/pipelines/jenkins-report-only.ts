import type { GroovyBlock, GroovySource } from './groovy-source.js';
import { type ReportOnly, REPORT_ONLY_VARIABLE } from './pipeline-call.js';
import { readSwitch } from './written-switch.js';

/** Where a Jenkinsfile sets the variable, and for which part of it. */
interface Scope {
  readonly from: number;
  readonly to: number;
  readonly reportOnly: ReportOnly | null;
}

const ASSIGNED = new RegExp(String.raw`(?<!\w)${REPORT_ONLY_VARIABLE}\s*=\s*`, 'gu');
const ASSIGNED_IN_ENV = new RegExp(String.raw`\benv\.${REPORT_ONLY_VARIABLE}\s*=\s*`, 'gu');

/**
 * Says what holds at an offset of a Jenkinsfile: the nearest `withEnv` or `environment` decides, else the last
 * assignment to `env` before it.
 */
export function reportOnlyAt(groovy: GroovySource, source: string): (offset: number) => ReportOnly | null {
  const scopes = [...scopesOfBlocks(groovy, source), ...assignments(groovy, source)].toSorted((one, other) => one.to - one.from - (other.to - other.from) || other.from - one.from);
  return (offset) => scopes.find(({ from, to }) => from < offset && offset < to)?.reportOnly ?? null;
}

function scopesOfBlocks({ code, texts, blocks, lineOf }: GroovySource, source: string): readonly Scope[] {
  return blocks.flatMap((block): readonly Scope[] => {
    if (/^withEnv\b/u.test(block.header)) {
      const bound = texts.find(({ start, value }) => start >= block.headerStart && start < block.start && value.startsWith(`${REPORT_ONLY_VARIABLE}=`));
      return bound === undefined ? [] : [{ from: block.start, to: block.end, reportOnly: said(bound.value.slice(REPORT_ONLY_VARIABLE.length + 1), lineOf(bound.start)) }];
    }
    if (block.header !== 'environment') return [];
    const set = [...code.slice(block.start, block.end).matchAll(ASSIGNED)].at(-1);
    const parent = parentOf(blocks, block);
    if (set === undefined || parent === undefined) return [];
    const at = block.start + set.index;
    return [{ from: parent.start, to: parent.end, reportOnly: said(valueAt(source, at + set[0].length), lineOf(at)) }];
  });
}

function assignments({ code, lineOf }: GroovySource, source: string): readonly Scope[] {
  return [...code.matchAll(ASSIGNED_IN_ENV)].map(({ 0: whole, index }) => ({ from: index, to: Number.POSITIVE_INFINITY, reportOnly: said(valueAt(source, index + whole.length), lineOf(index)) }));
}

function parentOf(blocks: readonly GroovyBlock[], { start, end }: GroovyBlock): GroovyBlock | undefined {
  return blocks.filter((other) => other.start < start && end < other.end).toSorted((one, other) => other.start - one.start)[0];
}

/** A word of Groovy, in quotes or not. */
export function valueAt(source: string, offset: number): string | null {
  return /^(["']?)([\w ]*)\1/u.exec(source.slice(offset, offset + 40))?.[2]?.trim() ?? null;
}

function said(value: string | null, line: number): ReportOnly | null {
  return readSwitch(value) === true ? { line, how: REPORT_ONLY_VARIABLE } : null;
}
