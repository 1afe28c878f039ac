import { reportFaults } from '../report-schemas.js';
import { actingCharacters } from './acting-characters.js';
import { countsOf, ofEach, type ReportReader } from './report-reader.js';

interface Log {
  readonly runs: readonly [{ readonly results?: readonly { readonly properties: { readonly severity: number }; readonly suppressions: readonly unknown[] }[] }];
}

/** The schema of OASIS. The validator of its makers is asked besides. */
export const SARIF: ReportReader = {
  name: 'SARIF 2.1.0 schema of OASIS (Ajv)',
  faults: ofEach((text) => [...reportFaults('sarif-2.1.0', text), ...actingCharacters(text)]),
  counts(text) {
    const [{ results = [] }] = (JSON.parse(text) as Log).runs;
    return countsOf(results.map(({ properties, suppressions }) => `${String(properties.severity)}${suppressions.length === 0 ? '' : ' suppressed'}`));
  },
};
