import { type Paint, plainPaint, type Tone } from '@verapipe/ci-kit';
import type { Env } from '@verapipe/core';

const CODES: Readonly<Record<Tone, string>> = { good: '32', bad: '1;31', warning: '33', dim: '2', bold: '1' };

const coloured: Paint = (tone, text) => `\u001b[${CODES[tone]}m${text}\u001b[0m`;

/**
 * Colours only for people who want them: on a terminal, unless `--no-color`, `NO_COLOR` or a dumb terminal says
 * otherwise. Pure.
 *
 * @see no-color.org
 */
export function createPaint({ isTerminal, color, env }: { readonly isTerminal: boolean; readonly color: boolean; readonly env: Env }): Paint {
  const isWanted = color && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return isTerminal && isWanted ? coloured : plainPaint;
}
