import { baseName, extensionOf } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import { filesOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';
import type { SurveyedEntry } from '../survey/survey.js';

const KEY_STORES: readonly string[] = ['p12', 'pfx', 'jks', 'keystore', 'kdbx', 'ppk', 'ovpn'];
const NAMES = /^(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.git-credentials|\.pgpass|\.htpasswd|terraform\.tfstate|kubeconfig|credentials\.json|service-account.*\.json|master\.key)$/iu;
const FOLDERS = /(?:^|\/)\.(?:aws|veracode|ssh|kube|gnupg)\/(?:credentials|config|id_\w+)$/u;

/** Files that are made to hold secrets; whoever may download the scan's files may read them. */
export const SECRET_FILE: RuleDefinition = {
  id: 'secret-file',
  title: 'File that is likely to hold secrets',
  severity: 'warning',
  advice: 'Leave it out, and change the secret if the artifact has left your machines before.',
  example: 'shop.zip with .npmrc and an _authToken in it',
  check(survey) {
    const secret = filesOf(survey).filter((entry) => isSecret(entry));
    return aboutEntries(secret, 'Files that are likely to hold secrets');
  },
};

function isSecret({ name, content }: SurveyedEntry): boolean {
  if (content?.kind === 'text' && content.hasCredential) return true;
  return KEY_STORES.includes(extensionOf(name)) || NAMES.test(baseName(name)) || FOLDERS.test(name);
}
