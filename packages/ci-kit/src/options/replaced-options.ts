const ENVIRONMENT_KEYS =
  'the credentials in the environment: VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET (argument lists are public)';
const PROXY = '--proxy http://host:port, with a password only in VERAPIPE_PROXY or HTTPS_PROXY';

/** What people write who come from other tools, and what stands in its place. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  vid: ENVIRONMENT_KEYS,
  vkey: ENVIRONMENT_KEYS,
  apiid: ENVIRONMENT_KEYS,
  apikey: ENVIRONMENT_KEYS,
  phost: PROXY,
  pport: PROXY,
  puser: PROXY,
  ppassword: PROXY,
  version: '--scan-name for the name of the scan; `verapipe --version` stands alone',
  action: 'a command: verapipe scan',
  pattern: '--save-as PATTERN=NAME',
  replacement: '--save-as PATTERN=NAME',
  toplevel: '--modules top-level',
  selectedpreviously: '--modules previous',
  selected: '--include-modules with the names of the modules',
  scanallnonfataltoplevelmodules: 'nothing: this is what --modules all-non-fatal does, the default',
  includenewmodules: 'nothing: new modules are included by --modules all-non-fatal, the default',
  autoscan: 'nothing: modules are always selected after the prescan',
  sandboxid: '--sandbox with the name',
  maxretrycount: 'nothing: failed calls are repeated as the platform allows',
};

/** What to write instead of an option of another tool. */
export function replacementOf(name: string): string | undefined {
  const plain = name.replace(/[^a-z0-9]/giu, '').toLowerCase();
  return Object.hasOwn(REPLACEMENTS, plain) ? REPLACEMENTS[plain] : undefined;
}
