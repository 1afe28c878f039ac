import type { Paint } from '@verapipe/ci-kit';
import type { Logger } from '@verapipe/core';
import { printable } from '@verapipe/reports';

/** The log of `--debug`: one line for each request and answer. What comes in is free of secrets. */
export function createDebugLog(say: (line: string) => void, paint: Paint): Logger {
  const line = (level: string, message: string, fields: Parameters<Logger['debug']>[1]): void => {
    const facts = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
    const text = [message, ...facts.map(([name, value]) => `${name}=${quoteBlanks(String(value))}`)].join(' ');
    say(paint('dim', `${level} ${printable(text)}`));
  };
  return {
    debug: (message, fields) => line('debug', message, fields),
    warn: (message, fields) => line('warn', message, fields),
  };
}

function quoteBlanks(text: string): string {
  return /[\s"]/u.test(text) ? JSON.stringify(text) : text;
}
