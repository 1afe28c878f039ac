import type { OptionSpelling } from '@verapipe/ci-kit';
import type { ValidationIssue } from '@verapipe/core';
import { printable } from '@verapipe/reports';

/** What people call the place of a fault: `pollInterval` is `--poll-interval`; variables keep their names. */
export function optionOfPath({ path, got }: Pick<ValidationIssue, 'path' | 'got'>): string {
  const name = printable(path);
  if (/^[A-Z0-9_]+$/u.test(name) || name === 'credentials' || name === 'arguments') return name;
  if (got === 'an unknown option') return `--${name}`;
  return `--${name.replace(/\[\d+\]$/u, '').replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** How options are written after a command. */
export function commandLineSpelling(command: string): OptionSpelling {
  return { placeOf: optionOfPath, spell: (name) => `--${name}`, advice: `\`verapipe ${command} --help\` lists the options.` };
}
