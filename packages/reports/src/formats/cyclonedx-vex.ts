import * as Enums from '@cyclonedx/cyclonedx-library/Enums';
import * as Models from '@cyclonedx/cyclonedx-library/Models';
import * as Serialize from '@cyclonedx/cyclonedx-library/Serialize';
import * as Spec from '@cyclonedx/cyclonedx-library/Spec';
import { fixupSpdxId } from '@cyclonedx/cyclonedx-library/SPDX';
import { CweRepository } from '@cyclonedx/cyclonedx-library/Types';
import type { JudgedFinding, Severity } from '@verapipe/core';

import { cutText } from '../cut-text.js';
import { sentenceOfStanding, standingOf } from '../finding-standing.js';
import { vulnerabilityUrl } from '../finding-text.js';
import { missingFindings } from '../missing-findings.js';
import type { ReportFormat, ReportInput } from '../report.js';
import { visibleText } from '../visible-text.js';

type FindingComponent = NonNullable<JudgedFinding['component']>;

const LONGEST_NAME = 500;
const LONGEST_TEXT = 10_000;

const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
/** Lists stand in the order in which their elements came. */
const OPTIONS = { sortLists: false } as const;

const SEVERITIES: Readonly<Record<Severity, Enums.Vulnerability.Severity>> = {
  5: Enums.Vulnerability.Severity.Critical,
  4: Enums.Vulnerability.Severity.High,
  3: Enums.Vulnerability.Severity.Medium,
  2: Enums.Vulnerability.Severity.Low,
  1: Enums.Vulnerability.Severity.Low,
  0: Enums.Vulnerability.Severity.Info,
};

/**
 * CycloneDX 1.6: the components that have findings, and what was decided about each of these (VEX). Only SCA findings are
 * about components; the others are not in it. The library shapes one element after the other, so that none is held.
 *
 * @see cyclonedx.org/docs/1.6/json
 */
export const cyclonedxVex: ReportFormat = {
  tellsFailure: false,
  tellsIncomplete: true,
  componentsOnly: true,
  async *render(input) {
    const { findings } = input;
    yield frameOf(input).replace(/\n\}$/u, ',\n  "components": [');
    const refs = new Set<string>();
    for await (const { component } of findings) {
      if (component === null || refs.has(refOf(component))) continue;
      yield `${refs.size === 0 ? '' : ','}\n    ${JSON.stringify(factory.makeForComponent().normalize(componentOf(component), OPTIONS))}`;
      refs.add(refOf(component));
    }
    yield '\n  ],\n  "vulnerabilities": [';
    let separator = '\n    ';
    for await (const finding of findings) {
      if (finding.component === null) continue;
      yield `${separator}${JSON.stringify(factory.makeForVulnerability().normalize(vulnerabilityOf(finding, finding.component), OPTIONS))}`;
      separator = ',\n    ';
    }
    yield '\n  ]\n}\n';
  },
};

/** Everything but the two lists. There is no serial number: it would have to be another for each document. */
function frameOf(input: ReportInput): string {
  const { generatedAt, tool, application, ci, scan } = input.results;
  const missing = missingFindings(input);
  const { Application } = Enums.ComponentType;
  const name = application?.name ?? ci?.pipeline ?? scan?.name ?? '';
  const subject = new Models.Component(Application, name === '' ? 'application' : text(name, LONGEST_NAME), {
    bomRef: 'application',
    ...(ci?.commit ? { version: text(ci.commit, LONGEST_NAME) } : {}),
  });
  const metadata = new Models.Metadata({
    timestamp: new Date(generatedAt),
    tools: new Models.Tools({ components: new Models.ComponentRepository([new Models.Component(Application, tool.name, { version: text(tool.version, LONGEST_NAME) })]) }),
    component: subject,
    ...(missing === null ? {} : { properties: new Models.PropertyRepository([new Models.Property('verapipe:missing', text(missing, LONGEST_TEXT))]) }),
  });
  const { components: _components, dependencies: _dependencies, ...frame } = factory.makeForBom().normalize(new Models.Bom({ metadata }), OPTIONS);
  // The library knows no compositions.
  return JSON.stringify(missing === null ? frame : { ...frame, compositions: [{ aggregate: 'incomplete', assemblies: ['application'] }] }, null, 2);
}

/** The platform's id of a component is the same in each of its findings. */
function refOf({ id, fileName, version }: FindingComponent): string {
  return visibleText(`component:${id ?? fileName}@${version ?? ''}`);
}

function componentOf(component: FindingComponent): Models.Component {
  const licences = new Set(component.licences.map(({ name }) => name).filter((name) => name !== ''));
  return new Models.Component(Enums.ComponentType.Library, text(component.fileName, LONGEST_NAME), {
    bomRef: refOf(component),
    ...(component.version === null ? {} : { version: text(component.version, LONGEST_NAME) }),
    licenses: new Models.LicenseRepository(Array.from(licences, licenceOf)),
  });
}

function licenceOf(name: string): Models.License {
  const id = fixupSpdxId(name);
  return id === undefined ? new Models.NamedLicense(text(name, LONGEST_NAME)) : new Models.SpdxLicense(id);
}

function vulnerabilityOf(finding: JudgedFinding, component: FindingComponent): Models.Vulnerability.Vulnerability {
  const { cwe, description, severity, mitigation } = finding;
  const url = vulnerabilityUrl(component.vulnerabilityId);
  const veracode = new Models.Vulnerability.Source({ name: 'Veracode' });
  return new Models.Vulnerability.Vulnerability({
    bomRef: visibleText(`finding:${finding.id}`),
    id: text(component.vulnerabilityId, LONGEST_NAME),
    source: url === null ? veracode : new Models.Vulnerability.Source({ name: 'NVD', url }),
    ratings: new Models.Vulnerability.RatingRepository([
      new Models.Vulnerability.Rating({
        source: veracode,
        ...(component.cvss === null ? {} : { score: component.cvss }),
        severity: SEVERITIES[severity],
        method: Enums.Vulnerability.RatingMethod.Other,
      }),
    ]),
    cwes: new CweRepository(cwe !== null && Number.isSafeInteger(cwe) && cwe > 0 ? [cwe] : []),
    description: text(description, LONGEST_TEXT),
    analysis: new Models.Vulnerability.Analysis({ ...decisionOf(finding), detail: text(sentenceOfStanding(finding) ?? undecided(mitigation.state), LONGEST_TEXT) }),
    affects: new Models.Vulnerability.AffectRepository([new Models.Vulnerability.Affect(new Models.BomRef(refOf(component)))]),
    properties: new Models.PropertyRepository([
      new Models.Property('verapipe:standing', standingOf(finding)),
      new Models.Property('verapipe:severity', String(severity)),
      new Models.Property('verapipe:affectsPolicy', String(finding.affectsPolicy ?? 'unknown')),
    ]),
  });
}

/**
 * What was decided, in words that claim nothing beyond it: nobody has said that an open finding can be exploited, and a
 * waiver says only that it does not count for a while.
 */
function decisionOf(finding: JudgedFinding): Pick<Models.Vulnerability.Analysis, 'state'> & Models.Vulnerability.OptionalAnalysisProperties {
  const standing = standingOf(finding);
  const { NotAffected, FalsePositive, Exploitable, Resolved, InTriage } = Enums.Vulnerability.AnalysisState;
  if (standing === 'fixed') return { state: Resolved };
  if (finding.mitigation.state !== 'accepted') return { state: InTriage };
  const reason = finding.mitigation.reason?.toLowerCase().replaceAll('_', ' ') ?? '';
  if (reason.includes('false positive')) return { state: FalsePositive };
  if (/accept(?:ed)? the risk|accept risk/u.test(reason)) return { state: Exploitable, response: new Enums.Vulnerability.AnalysisResponseRepository([Enums.Vulnerability.AnalysisResponse.WillNotFix]) };
  if (reason.includes('by network environment')) return { state: NotAffected, justification: Enums.Vulnerability.AnalysisJustification.ProtectedAtPerimeter };
  if (/by (?:design|os environment)/u.test(reason)) return { state: NotAffected, justification: Enums.Vulnerability.AnalysisJustification.ProtectedByMitigatingControl };
  return { state: InTriage };
}

function undecided(state: JudgedFinding['mitigation']['state']): string {
  return state === 'none' ? 'Nothing was decided about it.' : `Nothing was decided about it; its mitigation is ${state}.`;
}

function text(given: string, longest: number): string {
  return cutText(visibleText(given), longest);
}
