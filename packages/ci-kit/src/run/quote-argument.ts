/**
 * An argument as people paste it into the shell of their system: quoted where it has to be.
 *
 * @param platform - Windows shells know double quotes only
 */
export function quoteArgument(text: string, platform: NodeJS.Platform): string {
  if (/^[\w./:@%+=,-]+$/u.test(text) || (platform === 'win32' && /^[\w./:\\@+=,-]+$/u.test(text))) return text;
  return platform === 'win32' ? `"${text.replaceAll('"', '""')}"` : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
