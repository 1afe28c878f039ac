import { reportFaults } from '../report-schemas.js';
import { actingCharacters } from './acting-characters.js';
import { countsOf, ofEach, type ReportReader } from './report-reader.js';

/** The bodies of the calls. */
export interface CodeInsights {
  readonly report: { readonly details: string; readonly result?: string; readonly link?: string; readonly data: readonly { readonly title: string; readonly value: unknown }[] };
  readonly annotations: readonly (readonly CodeInsightsAnnotation[])[];
}

export interface CodeInsightsAnnotation {
  readonly external_id: string;
  readonly severity: string;
  readonly result: string;
  readonly path?: string;
  readonly line?: number;
}

const MOST_ANNOTATIONS = 1000;
const MOST_IN_A_CALL = 100;

/** Fields and limits of the API. @see developer.atlassian.com "Reports" (Bitbucket Cloud REST API) */
export const CODE_INSIGHTS: ReportReader = {
  name: "schema of ours, from fields and limits of Bitbucket's API (Ajv)",
  faults: ofEach((text) => {
    const { annotations } = JSON.parse(text) as CodeInsights;
    const all = annotations.flat();
    const faults = [...reportFaults('bitbucket-code-insights', text), ...actingCharacters(text)];
    if (all.length > MOST_ANNOTATIONS) faults.push('has more annotations than Bitbucket takes');
    if (!annotations.every(({ length }) => length > 0 && length <= MOST_IN_A_CALL)) faults.push('has a call that Bitbucket refuses');
    if (new Set(all.map(({ external_id: id }) => id)).size !== all.length) faults.push('has an id twice');
    return faults;
  }),
  counts(text) {
    const { report, annotations } = JSON.parse(text) as CodeInsights;
    const told = report.data.map(({ title, value }) => [title, Number(value)] as const);
    return { ...Object.fromEntries(told), ...countsOf(annotations.flat().map(({ result }) => result)) };
  },
};
