/** A role of an account. @public */
export interface UserRole {
  /** Machine name, for instance `uploadapi`; new ones come without notice. */
  readonly name: string;
  /** For people. */
  readonly description: string | null;
}

/** A team. @public */
export interface Team {
  readonly guid: string;
  readonly name: string;
  /** The numeric id of older APIs. */
  readonly legacyId: string | null;
}

/** A business unit. @public */
export interface BusinessUnit {
  readonly guid: string;
  readonly name: string;
}

/** An account of the platform: a person or an API service account. @public */
export interface User {
  readonly guid: string;
  readonly userName: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  /** The platform's word: `HUMAN`, `API`, `SAML`, `VOSP`; null when it is left out. */
  readonly type: string | null;
  /** True when any of three signs says so: the type, the permission `apiUser`, or nothing but API roles. */
  readonly isServiceAccount: boolean;
  /** null when the platform leaves it out. */
  readonly active: boolean | null;
  readonly loginEnabled: boolean | null;
  /** Empty in lists without details. */
  readonly roles: readonly UserRole[];
  readonly teams: readonly Team[];
  readonly permissions: readonly string[];
  readonly organization: { readonly guid: string; readonly name: string } | null;
}

/** A new API service account. @public */
export interface ServiceAccountFields {
  readonly userName: string;
  /** Where the platform's mails about it go. */
  readonly email: string;
  /** Machine names. */
  readonly roles: readonly string[];
  /** Guids. */
  readonly teams: readonly string[];
}

/** Which users a list shows. @public */
export interface UserFilters {
  /** The whole name. */
  readonly userName?: string;
  readonly emailAddresses?: readonly string[];
  /** With roles, teams and permissions. */
  readonly detailed?: boolean;
}

/** What to search users by. @public */
export interface UserSearch {
  /** Part of the name or of the mail address. */
  readonly searchTerm?: string;
  readonly roleId?: string;
  readonly userType?: 'user' | 'api';
  readonly loginEnabled?: boolean;
  readonly loginStatus?: 'Active' | 'Locked' | 'Never';
  readonly samlUser?: boolean;
  readonly teamId?: string;
  readonly apiId?: string;
  readonly detailed?: boolean;
}

/** Which teams a list shows. @public */
export interface TeamFilters {
  /** Every team of the organisation instead of the caller's. */
  readonly allForOrganization?: boolean;
  readonly name?: string;
  readonly ignoreOwnTeams?: boolean;
  readonly onlyManageable?: boolean;
  readonly deleted?: boolean;
}
