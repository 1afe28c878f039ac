import { z } from 'zod';
import { buildStatuses, criticalities } from './vocabulary.js';

const buildSchema = z
  .strictObject({
    name: z.string().min(1).describe('Scan name, unique in the application.'),
    status: z.enum(buildStatuses).default('Results Ready'),
    startedMinutesAgo: z.number().min(0).default(24 * 60),
    endsInMinutes: z.number().min(0).optional().describe('When the status turns into Results Ready. Default: never.'),
    submittedBy: z.string().default('someone-else'),
    autoScan: z.boolean().default(false).describe('auto_scan of its prescan, which the next one inherits.'),
    files: z.array(z.string()).default(['application.war']).describe('Names of uploaded files.'),
  })
  .describe('A build that exists from the start. Its findings come from the scan rules.');
export type ExistingBuildSpec = z.output<typeof buildSchema>;

const sandboxSchema = z.strictObject({
  name: z.string().min(1),
  owner: z.string().default('someone-else'),
  autoRecreate: z.boolean().default(false),
  builds: z.array(buildSchema).default([]),
});

export const applicationSchema = z
  .strictObject({
    name: z.string().min(1),
    criticality: z.enum(criticalities).default('Very High'),
    policy: z.string().optional().describe('Default: the built-in policy of the criticality.'),
    teams: z.array(z.string()).default([]),
    description: z.string().default(''),
    businessUnit: z.string().default('Not Specified'),
    businessOwner: z.string().default(''),
    businessOwnerEmail: z.string().default(''),
    tags: z.string().default(''),
    repositoryUrl: z.string().default(''),
    createdDaysAgo: z.number().min(0).default(30),
    sandboxes: z.array(sandboxSchema).default([]),
    builds: z.array(buildSchema).default([]).describe('Policy scans, oldest first.'),
  })
  .describe('An application profile that exists from the start.');
export type ApplicationSpec = z.output<typeof applicationSchema>;
