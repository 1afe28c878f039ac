import type { CommandName, OptionDeclaration } from './option.js';

/** What an option is where nobody gives it, for manifests and manuals: the default of each command, the main one first. Pure. @public */
export function defaultSentence({ default: value, defaults = {}, defaultText, unit }: OptionDeclaration, [main, ...others]: readonly CommandName[]): string {
  const said = (known: string | number | boolean | null): string => (known === null ? (defaultText ?? 'none') : `${String(known)}${unit === undefined ? '' : ` ${unit}`}`);
  const usual = (main === undefined ? undefined : defaults[main]) ?? value;
  const special = others.flatMap((command) => (defaults[command] === undefined ? [] : [`${said(defaults[command])} of ${command}`]));
  return `Default: ${[said(usual), ...special].join(', ')}.`.replace('Default: required.', 'Default: none.');
}
