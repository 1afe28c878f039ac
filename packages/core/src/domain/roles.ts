/** What an account can be for: each is a command, or a group of them. @public */
export const ROLE_PURPOSES = ['scan', 'pipeline-scan', 'findings', 'sandbox', 'credentials'] as const;

/** @public */
export type RolePurpose = (typeof ROLE_PURPOSES)[number];

/**
 * Machine name of the role that sees every application, whatever the teams.
 *
 * @see docs.veracode.com "API roles and permissions"
 * @public
 */
export const UNRESTRICTED_ROLE = 'noteamrestrictionapi';

/** One thing that an account must be allowed to do. @public */
export interface RoleNeed {
  /** For people: `submit scans`. */
  readonly toDo: string;
  /** Machine name of the smallest role of an API service account that allows it. */
  readonly leastRole: string;
  /** Machine names of every role that allows it, the least one first; those that begin with `ext` are people's. */
  readonly anyOf: readonly string[];
  /**
   * `needed`: without it the command fails. `advised`: only some uses of the command want it, or the vendor's pages do
   * not settle it.
   */
  readonly strength: 'needed' | 'advised';
  /** When an `advised` role is wanted; null for a needed one. */
  readonly when: string | null;
}

const SCAN_TYPE_UNSETTLED = 'where the platform asks for a scan type beside the upload role';

const SUBMIT_SCANS: RoleNeed = {
  toDo: 'upload and scan',
  leastRole: 'uploadapi',
  anyOf: ['uploadapi', 'submitterapi', 'extsubmitter', 'extcreator', 'extseclead'],
  strength: 'needed',
  when: null,
};
const READ_RESULTS: RoleNeed = {
  toDo: 'read results',
  leastRole: 'resultsapi',
  anyOf: ['resultsapi', 'extreviewer', 'extcreator', 'extseclead'],
  strength: 'needed',
  when: null,
};
const STATIC_SCANS: RoleNeed = {
  toDo: 'submit static scans',
  leastRole: 'apisubmitstaticscan',
  anyOf: ['apisubmitstaticscan', 'apisubmitanyscan', 'extsubmitter', 'extcreator', 'extseclead'],
  strength: 'advised',
  when: SCAN_TYPE_UNSETTLED,
};

/**
 * The roles that each purpose needs; data for `credentials create-service-account --for` and for the checks before a
 * run. Roles decide what an account may do, its teams decide for which applications.
 *
 * @see docs.veracode.com "About API service accounts", "API roles and permissions", "About Pipeline Scan Prerequisites"
 * @public
 */
export const ROLES_FOR: Readonly<Record<RolePurpose, readonly RoleNeed[]>> = {
  // Submit Only would be less, but nothing says that it may read the module list of a prescan or remove a build.
  scan: [SUBMIT_SCANS, READ_RESULTS, STATIC_SCANS],
  'pipeline-scan': [
    { ...SUBMIT_SCANS, toDo: 'submit pipeline scans', leastRole: 'submitterapi', anyOf: ['submitterapi', 'uploadapi', 'extsubmitter', 'extcreator', 'extseclead'] },
    STATIC_SCANS,
    { ...READ_RESULTS, toDo: 'read policies', strength: 'advised', when: 'with --policy: the services of policies are closed to roles that only submit' },
  ],
  findings: [READ_RESULTS],
  sandbox: [
    {
      toDo: 'create, promote and remove sandboxes',
      leastRole: 'uploadapi',
      anyOf: ['uploadapi', 'sandboxadmin', 'sandboxuser', 'extcreator', 'extseclead'],
      strength: 'needed',
      when: null,
    },
  ],
  credentials: [
    {
      toDo: 'manage the accounts of others',
      leastRole: 'adminapi',
      anyOf: ['adminapi', 'extadmin', 'teamadmin'],
      strength: 'advised',
      when: 'with --user, and to create accounts: every account may read, rotate and revoke its own pair',
    },
  ],
};

/** The smallest set of roles for a purpose, as a new API service account gets them. Pure. @public */
export function leastRolesFor(purpose: RolePurpose): readonly string[] {
  // An account that is only ever to look after itself needs no role, and none is made for that.
  const needs = ROLES_FOR[purpose].filter(({ strength, when }) => strength === 'needed' || when === SCAN_TYPE_UNSETTLED || purpose === 'credentials');
  return needs.map(({ leastRole }) => leastRole);
}

/** A need, and whether an account's roles meet it. @public */
export interface JudgedNeed extends RoleNeed {
  readonly met: boolean;
}

/** Compares the roles of an account with what a purpose needs; roles that nobody here has heard of count for nothing. Pure. @public */
export function judgeRoles(roles: readonly string[], purpose: RolePurpose): readonly JudgedNeed[] {
  return ROLES_FOR[purpose].map((need) => ({ ...need, met: need.anyOf.some((role) => roles.includes(role)) }));
}
