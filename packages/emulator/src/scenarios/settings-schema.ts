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
    promotionSeconds: z.number().min(0).default(0).describe('Until a promoted build shows up among the policy scans.'),
    sandboxLimit: z.int().min(0).default(25),
    runningSandboxScanLimit: z.int().min(1).default(10),
    diskSpaceBytes: z.number().min(0).optional().describe('Uploads of a build beyond it are refused. Default: no limit.'),
    clockSkewToleranceSeconds: z.number().min(0).default(300).describe('Older or newer signatures are answered with 401.'),
    refuseReplayedNonces: z.boolean().default(true),
    maintenance: z
      .strictObject({
        startsInMinutes: z.number(),
        lastsMinutes: z.number().min(0),
        title: z.string().default('Scheduled Maintenance Notification'),
        description: z.string().default('The service will be down for maintenance.'),
      })
      .optional()
      .describe('What getmaintenancescheduleinfo.do announces.'),
  })
  .describe('How the emulated platform behaves as a whole.');
export type Settings = z.output<typeof settingsSchema>;
