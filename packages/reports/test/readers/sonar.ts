import { Ajv } from 'ajv';

import { actingCharacters } from './acting-characters.js';
import { countsOf, ofEach, type ReportReader } from './report-reader.js';

/** What SonarQube reads. */
export interface SonarReport {
  readonly rules: readonly { readonly id: string; readonly impacts: readonly { readonly severity: string }[] }[];
  readonly issues: readonly { readonly ruleId: string }[];
}

const LOCATION = {
  type: 'object',
  required: ['message', 'filePath'],
  additionalProperties: false,
  properties: {
    message: { type: 'string', minLength: 1, maxLength: 4000 },
    filePath: { type: 'string', minLength: 1, maxLength: 2000 },
    textRange: { type: 'object', required: ['startLine'], additionalProperties: false, properties: { startLine: { type: 'integer', minimum: 1 } } },
  },
};

/** The fields that the vendor documents. @see docs.sonarsource.com "Generic issue import format" */
const isReport = new Ajv().compile<SonarReport>({
  type: 'object',
  required: ['rules', 'issues'],
  additionalProperties: false,
  properties: {
    rules: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'description', 'engineId', 'cleanCodeAttribute', 'type', 'severity', 'impacts'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', minLength: 1, maxLength: 200 },
          name: { type: 'string', minLength: 1, maxLength: 200 },
          description: { type: 'string', minLength: 1 },
          engineId: { const: 'veracode' },
          cleanCodeAttribute: { const: 'TRUSTWORTHY' },
          type: { const: 'VULNERABILITY' },
          severity: { enum: ['BLOCKER', 'CRITICAL', 'MAJOR', 'MINOR', 'INFO'] },
          impacts: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['softwareQuality', 'severity'],
              additionalProperties: false,
              properties: { softwareQuality: { const: 'SECURITY' }, severity: { enum: ['BLOCKER', 'HIGH', 'MEDIUM', 'LOW', 'INFO'] } },
            },
          },
        },
      },
    },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['ruleId', 'primaryLocation'],
        additionalProperties: false,
        properties: { ruleId: { type: 'string' }, primaryLocation: LOCATION, secondaryLocations: { type: 'array', items: LOCATION } },
      },
    },
  },
});

/** A report as SonarQube takes it, or every reason why not. */
export function readSonar(text: string): SonarReport {
  const report: unknown = JSON.parse(text);
  if (!isReport(report)) throw new Error(JSON.stringify(isReport.errors));
  return report;
}

/** The documented fields; rules that stand in it once, each with an issue, and issues that each have a rule. */
export const SONAR: ReportReader = {
  faults: ofEach((text) => {
    const report: unknown = JSON.parse(text);
    if (!isReport(report)) return (isReport.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ''}`);
    const ids = report.rules.map(({ id }) => id);
    const used = new Set(report.issues.map(({ ruleId }) => ruleId));
    const faults = [...actingCharacters(text)];
    if (new Set(ids).size !== ids.length) faults.push('has a rule twice');
    if (used.size !== ids.length || !ids.every((id) => used.has(id))) faults.push('has rules and issues that do not belong together');
    return faults;
  }),
  counts(text) {
    const { rules, issues } = readSonar(text);
    const severities = new Map(rules.map(({ id, impacts }) => [id, impacts[0]?.severity ?? 'none']));
    return countsOf(issues.map(({ ruleId }) => severities.get(ruleId) ?? 'no rule'));
  },
};
