import { baseName } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import { filesWith, isSpokenAbout } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

/** `main.3f2a1b4c.js`, `index-BxT3k9Qz.js`: a digit is in every such hash that counts here. */
const HASHED = /[.-](?=[\w-]*\d)(?:[0-9a-f]{8,32}|(?=\w*[A-Z])(?=\w*[a-z])\w{8})\.(?:chunk\.|bundle\.|min\.)?[cm]?js$/u;

/** A new name for every build: findings in it are new every time. */
export const HASHED_SCRIPT_NAME: RuleDefinition = {
  id: 'hashed-script-name',
  title: 'Scripts with a hash in their names',
  severity: 'warning',
  advice: 'Upload the sources, or let the build for the scan leave the hash out (webpack: output.filename "[name].js").',
  example: 'shop.zip with static/main.3f2a1b4c.js',
  check(survey) {
    const hashed = filesWith(survey, ['js', 'mjs', 'cjs']).filter((entry) => !isSpokenAbout(entry) && HASHED.test(baseName(entry.name)));
    return aboutEntries(hashed, 'Scripts whose name changes with their content');
  },
};
