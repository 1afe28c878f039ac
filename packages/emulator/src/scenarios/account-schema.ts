import { z } from 'zod';

/** Roles as the identity API names them, with the words shown to people. */
export const roleNames = {
  uploadapi: 'Upload and Scan API',
  submitterapi: 'Upload API - Submit Only',
  resultsapi: 'Results API',
  mitigationapi: 'Mitigation API',
  adminapi: 'Admin API',
  reportingapi: 'Reporting API',
  apisubmitanyscan: 'Any Scan',
  apisubmitstaticscan: 'Static Scan',
  noteamrestrictionapi: 'No Team Restriction API',
  extadmin: 'Administrator',
  extseclead: 'Security Lead',
  extcreator: 'Creator',
  extsubmitter: 'Submitter',
  extreviewer: 'Reviewer',
  extmitigationapprover: 'Mitigation Approver',
  extdeletescans: 'Delete Scans',
  sandboxuser: 'Sandbox User',
  sandboxadmin: 'Sandbox Administrator',
} as const;
export type RoleName = keyof typeof roleNames;
const roleSchema = z.enum(Object.keys(roleNames) as [RoleName, ...RoleName[]]);

const serviceAccountRoles: readonly RoleName[] = [
  'uploadapi',
  'resultsapi',
  'mitigationapi',
  'apisubmitanyscan',
  'noteamrestrictionapi',
];

export const accountSchema = z
  .strictObject({
    userName: z.string().min(1).default('ci-pipeline-api'),
    email: z.string().min(3).optional().describe('Default: the user name at example.com.'),
    kind: z.enum(['api-service-account', 'person']).default('api-service-account'),
    roles: z.array(roleSchema).default([...serviceAccountRoles]),
    teams: z.array(z.string()).default([]).describe('With noteamrestrictionapi, extadmin or extseclead every application is visible.'),
    apiId: z
      .string()
      .regex(/^(vera01[a-z]i-)?[0-9a-f]{32}$/)
      .optional()
      .describe('Default: made afresh at each start. Never put a real id here.'),
    apiKey: z
      .string()
      .regex(/^(vera01[a-z]s-)?([0-9a-fA-F]{2}){64,512}$/)
      .optional()
      .describe('Default: made afresh at each start. Never put a real key here.'),
    credentialsExpireInDays: z.number().default(365).describe('From the start, in real days; negative: expired already.'),
  })
  .describe('An account that may sign requests.');
export type AccountSpec = z.output<typeof accountSchema>;
