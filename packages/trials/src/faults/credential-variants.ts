import type { CommandName, Setting } from '@verapipe/ci-kit';
import type { ScenarioInput } from '@verapipe/emulator';

/** A command that changes credentials or accounts. */
export interface CredentialVariant {
  readonly name: string;
  readonly command: Extract<CommandName, `credentials ${string}`>;
  readonly scenario: ScenarioInput;
  readonly settings: readonly Setting[];
  /** Every call that the command makes here. A test compares them with what it does. */
  readonly operations: readonly string[];
  /** The call that makes the change. */
  readonly change: string;
  /** What the change is: a pair of the account of that number, an account, or the end of a pair. */
  readonly makes: { readonly pairOf: number } | 'account' | 'revocation';
  /** What helps where the same command says with 4 that the account has a pair, and nobody has its secret. */
  readonly remedy?: Pick<CredentialVariant, 'command' | 'settings'>;
}

const ROOT = '/api/authn/v2';
const OWN = `GET ${ROOT}/api_credentials`;
const ACCOUNTS: ScenarioInput['accounts'] = [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci', apiId: '0c'.repeat(16) }];
const TO_PROFILE: readonly Setting[] = [{ name: 'to-profile', value: 'new' }];
const YES: Setting = { name: 'yes', value: null };

const ROTATION = {
  command: 'credentials rotate',
  settings: [...TO_PROFILE, YES],
  operations: [OWN, `POST ${ROOT}/api_credentials`],
  change: `POST ${ROOT}/api_credentials`,
  makes: { pairOf: 0 },
} as const;

/** Every change of credentials and accounts. */
export const CREDENTIAL_VARIANTS: readonly CredentialVariant[] = [
  { ...ROTATION, name: 'credentials rotate, the old pair ends 24h', scenario: { settings: { oldCredentials: '24h' } } },
  { ...ROTATION, name: 'credentials rotate, the old pair ends at-once', scenario: { settings: { oldCredentials: 'at-once' } } },
  {
    name: 'credentials rotate --user',
    command: 'credentials rotate',
    scenario: { accounts: ACCOUNTS, settings: { oldCredentials: 'at-once' } },
    settings: [...TO_PROFILE, { name: 'user', value: 'ci' }],
    operations: [`GET ${ROOT}/users`, `GET ${ROOT}/users/self`, `GET ${ROOT}/api_credentials/user_id/{user}`, `POST ${ROOT}/api_credentials/user_id/{user}`, OWN],
    change: `POST ${ROOT}/api_credentials/user_id/{user}`,
    makes: { pairOf: 1 },
  },
  {
    name: 'credentials generate',
    command: 'credentials generate',
    // Their pair has ended.
    scenario: { accounts: [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci', credentialsExpireInDays: -1 }], settings: { oldCredentials: 'at-once' } },
    settings: [...TO_PROFILE, { name: 'user', value: 'ci' }],
    operations: [`GET ${ROOT}/users`, `GET ${ROOT}/users/self`, `GET ${ROOT}/api_credentials/user_id/{user}`, `POST ${ROOT}/api_credentials/user_id/{user}`, OWN],
    change: `POST ${ROOT}/api_credentials/user_id/{user}`,
    makes: { pairOf: 1 },
    remedy: { command: 'credentials rotate', settings: [...TO_PROFILE, { name: 'user', value: 'ci' }] },
  },
  {
    name: 'credentials revoke',
    command: 'credentials revoke',
    scenario: { accounts: ACCOUNTS },
    settings: [{ name: 'api-id', value: '0c'.repeat(16) }, YES],
    operations: [OWN, `GET ${ROOT}/api_credentials/{api_id}`, `DELETE ${ROOT}/api_credentials/{api_id}`],
    change: `DELETE ${ROOT}/api_credentials/{api_id}`,
    makes: 'revocation',
  },
  {
    name: 'credentials create-service-account',
    command: 'credentials create-service-account',
    scenario: { accounts: ACCOUNTS },
    settings: [
      { name: 'name', value: 'ci-two' },
      { name: 'email', value: 'appsec-team@example.com' },
      { name: 'for', value: 'scan' },
      { name: 'team', value: 'Default Team' },
    ],
    operations: [OWN, `GET ${ROOT}/users`, `GET ${ROOT}/teams`, `POST ${ROOT}/users`],
    change: `POST ${ROOT}/users`,
    makes: 'account',
  },
];

/** The variant of that name; undefined for one of another workflow. */
export function credentialVariantOf({ variant }: { readonly variant: string }): CredentialVariant | undefined {
  return CREDENTIAL_VARIANTS.find(({ name }) => name === variant);
}
