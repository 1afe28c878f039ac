import { extensionOf } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import { filesWith, stemOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

const MIN_CLASSES = 20;
const OBFUSCATED_PART = 0.3;

/** Names such as a.a.b: findings cannot be read, and are not matched from one build to the next. */
export const OBFUSCATED_CLASSES: RuleDefinition = {
  id: 'obfuscated-classes',
  title: 'Obfuscated classes',
  severity: 'warning',
  advice: 'Upload the build before ProGuard, R8 or another obfuscator has renamed its classes.',
  example: 'app.jar in which 250 of 400 classes are called a, b, aa …',
  check(survey) {
    const classes = filesWith(survey, ['class']).filter(({ name }) => extensionOf(name) === 'class' && !stemOf(name).includes('$'));
    const short = classes.filter(({ name }) => /^[a-z]{1,2}$/u.test(stemOf(name)));
    const isObfuscated = classes.length >= MIN_CLASSES && short.length / classes.length >= OBFUSCATED_PART;
    return isObfuscated ? aboutEntries(short, `Classes with names of one or two letters, of ${classes.length}`) : [];
  },
};
