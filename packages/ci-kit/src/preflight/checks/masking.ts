import { CI_NAMES } from '../../ci-context/ci-context.js';
import { type Check, failure, skipped, warning } from '../check.js';

const KEY_VARIABLE = 'VERACODE_API_KEY_SECRET';

/**
 * Whether the CI hides the key from its logs. No CI tells a job which of its variables are masked; what can be seen is
 * what a mask would not cover: a log of every variable, and the key in another form, since masks know exact values only.
 */
export const masking: Check = {
  id: 'masking',
  title: 'Masking of secrets',
  needs: ['credentials'],
  async run({ run, foundCredentials }) {
    const { env } = run.input;
    const { ci } = run;
    if (ci === null) return skipped('no CI that is known here');
    if (ci.system === 'gitlab-ci' && env['CI_DEBUG_TRACE']?.trim().toLowerCase() === 'true') {
      return failure('CI_DEBUG_TRACE writes the value of every variable into the log of the job', 'Switch it off, and make a new pair if it was on before.');
    }
    const key = foundCredentials().credentials.apiKey.reveal();
    const given = env[KEY_VARIABLE]?.trim() ?? '';
    const [other] = Object.entries(env).flatMap(([name, value]) => (holdsOtherForm(value ?? '', [key, given]) ? [name] : []));
    if (other !== undefined) return warning(`the variable ${other} holds the key in another form, which no mask knows`, 'Give the key itself, as a masked secret, and let nothing encode it.');
    return skipped(`${CI_NAMES[ci.system]} does not tell a job which variables are masked`);
  },
};

/** The key in base64, as text or as bytes. */
function holdsOtherForm(value: string, keys: readonly string[]): boolean {
  const forms = keys
    .filter((key) => key !== '')
    .flatMap((key) => [Buffer.from(key).toString('base64'), Buffer.from(key, 'hex').toString('base64')])
    .map((form) => form.replace(/=+$/u, ''));
  return forms.some((form) => form.length > 16 && value.includes(form));
}
