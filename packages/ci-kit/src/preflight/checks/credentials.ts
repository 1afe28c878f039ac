import { checkoutAround } from '../../credentials/inside-checkout.js';
import { profileFile } from '../../credentials/profile-file.js';
import { type Check, failure, ok, warning } from '../check.js';

/** That there is a pair, well formed, and where it was found. The platform is not asked yet. */
export const credentials: Check = {
  id: 'credentials',
  title: 'Credentials',
  needs: [],
  async run({ run, connection }) {
    const { choice } = connection;
    if ('error' in choice) return failure(choice.error.message, choice.error.advice ?? 'Give a pair in VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET.');
    const { source, warnings } = choice.found;
    const file = profileFile(run);
    const checkout = source.includes(file) ? await checkoutAround(file) : null;
    if (checkout !== null) return failure(`found in ${source}, which lies in the checkout ${checkout}`, 'Move the file to a home folder outside of every checkout, and rotate the pairs in it.');
    const [first] = warnings;
    return first === undefined ? ok(`found in ${source}`) : warning(`found in ${source}: ${warnings.join(' ')}`, 'Let nobody but this account read them.');
  },
};
