/** Writes text; it may hold parts of lines. */
export type Write = (text: string) => void;

/**
 * Puts GitLab's mark before each line of a log. A line is marked when it is complete, so that parts of it stay together;
 * an empty one stays empty.
 *
 * @see docs.gitlab.com "Security scanner integration", message level
 */
export function createPrefixedLog(write: Write): { readonly write: Write; end(): void } {
  let open = '';
  return {
    write(text) {
      const lines = `${open}${text}`.split('\n');
      open = lines.pop() ?? '';
      write(lines.map((line) => `${marked(line)}\n`).join(''));
    },
    end() {
      if (open !== '') write(`${marked(open)}\n`);
      open = '';
    },
  };
}

function marked(line: string): string {
  if (line.trim() === '') return line;
  if (/^\s*(?:[\d:]+ +)?(?:Error|Cancelled)\b/u.test(line)) return `[ERRO] ${line}`;
  return /^\s*(?:[\d:]+ +)?(?:WARNING|Warning|Skipped|Outage)\b/u.test(line) ? `[WARN] ${line}` : `[INFO] ${line}`;
}
