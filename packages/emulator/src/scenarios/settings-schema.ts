import { z } from 'zod';

export const settingsSchema = z
  .strictObject({
    xmlStyle: z
      .enum(['references', 'plain'])
      .default('references')
      .describe('references: nearly every character as &#x..; like the service today; plain: as it used to be.'),
    errorStatus: z.int().min(200).max(599).default(200).describe('HTTP status of <error> documents.'),
    autoScanDefault: z.boolean().default(false).describe("auto_scan of a context's first prescan when the call leaves it out."),
    fileIds: z.enum(['small', '64-bit', 'negative']).default('small').describe('Size of file_id; the last two fit no JavaScript number.'),
    reportHashes: z
      .boolean()
      .default(false)
      .describe(
        'True: static flaws of detailed reports carry procedure_hash, prototype_hash and statement_hash (with count and ordinal), equal to flaw_match of the same flaw in a pipeline scan. The schema of reports has them, recorded reports do not.',
      ),
    promotionSeconds: z.number().min(0).default(0).describe('Until a promoted build shows up among the policy scans.'),
    sandboxLimit: z.int().min(0).default(25),
    runningSandboxScanLimit: z.int().min(1).default(10),
    diskSpaceBytes: z.number().min(0).optional().describe('Uploads of a build beyond it are refused. Default: no limit.'),
    clockSkewToleranceSeconds: z.number().min(0).default(300).describe('Older or newer signatures are answered with 401.'),
    oldCredentials: z
      .enum(['24h', 'at-once'])
      .default('24h')
      .describe('When a new pair of credentials ends the older ones of that account; the pages of the platform contradict each other.'),
    checkedAfterSpelling: z
      .enum(['both', 'day', 'time'])
      .default('both')
      .describe(
        'How policy_compliance_checked_after must be spelled: as a day, as a time to the millisecond, or either; another one is a 400. The pages of the platform contradict each other.',
      ),
    refuseReplayedNonces: z.boolean().default(true),
    maintenance: z
      .strictObject({
        startsInMinutes: z.number(),
        lastsMinutes: z.number().min(0),
        title: z.string().default('Scheduled Maintenance Notification'),
        description: z.string().default('The service will be down for maintenance.'),
      })
      .optional()
      .describe('What getmaintenancescheduleinfo.do and the status page announce.'),
    statusPage: z
      .strictObject({
        indicator: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']).default('none'),
        description: z.string().default('All Systems Operational'),
        incidents: z
          .array(
            z.strictObject({
              name: z.string().min(1),
              status: z.enum(['investigating', 'identified', 'monitoring', 'resolved']).default('investigating'),
              impact: z.enum(['none', 'minor', 'major', 'critical']).default('minor'),
              startedMinutesAgo: z.number().min(0).default(30),
            }),
          )
          .default([]),
      })
      .prefault({})
      .describe('What GET /api/v2/summary.json says, unsigned, as the public status page does.'),
  })
  .describe('How the emulated platform behaves as a whole.');
export type Settings = z.output<typeof settingsSchema>;
