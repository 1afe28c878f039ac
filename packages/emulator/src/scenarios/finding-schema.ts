import { z } from 'zod';
import type { MitigationActionName, Severity } from './vocabulary.js';

export const severitySchema = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
]) satisfies z.ZodType<Severity>;

const proposals = ['comment', 'fp', 'appdesign', 'osenv', 'netenv', 'library', 'acceptrisk'] as const satisfies readonly MitigationActionName[];

const mitigationSchema = z
  .strictObject({
    action: z.enum(proposals).default('appdesign'),
    status: z.enum(['proposed', 'accepted', 'rejected']).describe('Only an accepted mitigation takes the finding out of the policy.'),
    comment: z.string().default('Mitigated.'),
    by: z.string().default('security-lead'),
  })
  .describe('A mitigation that exists from the start.');

/** What every finding has, however it was found. */
const commonShape = {
  cwe: z.int().min(1),
  severity: severitySchema.optional().describe('Default: what the emulator holds usual for the CWE.'),
  description: z.string().optional(),
  remediationStatus: z
    .enum(['New', 'Open', 'Reopened', 'Fixed', 'Cannot Reproduce'])
    .optional()
    .describe('Default: New in the first scan that shows the finding, Open afterwards.'),
  firstFoundDaysAgo: z.number().min(0).optional().describe('Default: the first finished scan of the context that shows it.'),
  mitigation: mitigationSchema.optional(),
};

/** Issue ids of one build count through all kinds of findings: each kind without ids of its own gets them from a range. */
export const firstIssueIds = { static: 1, dynamic: 10_000_001, manual: 20_000_001 } as const;

export const findingSchema = z
  .strictObject({
    ...commonShape,
    id: z.int().min(1).optional().describe('issueid, stable over the builds of an application. Default: the position in the list.'),
    file: z.string().optional().describe('Path with file name, for instance src/main/java/com/example/Login.java.'),
    line: z.int().min(0).optional(),
    function: z.string().optional().describe('Prototype of the function around it.'),
    module: z.string().optional().describe('Module name. Default: the modules of the scan in turn.'),
    type: z.string().optional().describe('The attacked function, for instance java.sql.Statement.executeQuery.'),
    exploitability: z.int().min(-2).max(2).default(0),
  })
  .describe('One static finding. The emulator analyses nothing: it reports what stands here.');
export type FindingSpec = z.output<typeof findingSchema>;

export const findingsSchema = z
  .union([
    z.literal('typical').describe('A handful of findings from Very High to Informational.'),
    z
      .strictObject({
        generate: z.int().min(0).max(5_000_000).describe('How many.'),
        seed: z.int().default(1).describe('The same seed and position always give the same finding.'),
      })
      .describe('Made-up findings in any number; reports with them are streamed.'),
    z.array(findingSchema),
  ])
  .describe('Static findings of a finished scan.');
export type FindingsSpec = z.output<typeof findingsSchema>;

export const dynamicFindingSchema = z
  .strictObject({
    ...commonShape,
    id: z.int().min(1).optional().describe('issueid. Default: 10000000 and the position in the list.'),
    url: z.url().describe('Where it was found, for instance https://shop.example/search?q=1.'),
    parameter: z.string().optional().describe('The vulnerable parameter; not every finding has one.'),
    plugin: z.string().default('Active').describe('The part of the scanner that found it.'),
    attackVector: z.string().optional().describe('Default: the name of the weakness.'),
  })
  .describe('One finding of a dynamic analysis.');
export type DynamicFindingSpec = z.output<typeof dynamicFindingSchema>;

export const manualFindingSchema = z
  .strictObject({
    ...commonShape,
    id: z.int().min(1).optional().describe('issueid. Default: 20000000 and the position in the list.'),
    location: z.string().describe('A path or an address: manual findings have one text for the place.'),
    module: z.string().default('manual'),
    inputVector: z.string().default(''),
    cvss: z.number().min(0).max(10).optional(),
    capecId: z.int().min(1).optional(),
    exploitDifficulty: z.int().min(1).max(5).default(3),
    exploitability: z.int().min(-2).max(2).default(0),
    exploitDescription: z.string().default(''),
    severityDescription: z.string().default(''),
    remediationDescription: z.string().default(''),
  })
  .describe('One finding of a penetration test by people.');
export type ManualFindingSpec = z.output<typeof manualFindingSchema>;

const vulnerabilitySchema = z.strictObject({
  cve: z.string(),
  severity: severitySchema.default(3),
  cvss: z.number().min(0).max(10).default(5),
  cwe: z.string().default(''),
  summary: z.string().default(''),
  affectsPolicy: z.boolean().default(false),
});

const licenceSchema = z.strictObject({
  name: z.string(),
  spdxId: z.string().default(''),
  url: z.string().default(''),
  risk: z.int().min(0).max(5).default(2),
});

export const componentSchema = z
  .strictObject({
    file: z.string().describe('File name, for instance example-json-1.4.2.jar.'),
    library: z.string(),
    version: z.string(),
    vendor: z.string().default(''),
    description: z.string().default(''),
    paths: z.array(z.string()).default([]),
    vulnerabilities: z.array(vulnerabilitySchema).default([]),
    licences: z.array(licenceSchema).default([]),
  })
  .describe('One third-party component of the software composition analysis.');
export type ComponentSpec = z.output<typeof componentSchema>;

export const componentsSchema = z
  .union([z.literal('typical').describe('Two made-up libraries, one of them vulnerable.'), z.array(componentSchema)])
  .describe('Third-party components of a finished scan; they are not counted among the findings.');
export type ComponentsSpec = z.output<typeof componentsSchema>;
