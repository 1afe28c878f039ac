import * as Spec from '@cyclonedx/cyclonedx-library/Spec';
import * as Validation from '@cyclonedx/cyclonedx-library/Validation';

import { actingCharacters } from './acting-characters.js';
import { countsOf, ofEach, type ReportReader } from './report-reader.js';

/** What is read of a document. */
export interface Bom {
  readonly components: readonly { readonly 'bom-ref': string; readonly licenses?: readonly unknown[] }[];
  readonly vulnerabilities: readonly {
    readonly 'bom-ref': string;
    readonly ratings: readonly { readonly severity: string }[];
    readonly analysis: { readonly state: string };
    readonly affects: readonly { readonly ref: string }[];
  }[];
}

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

/** The checker compares each element of a list with each other: long lists are shown to it in parts. */
const PART = 200;

/** The strict schema, and what it cannot say: that a reference leads somewhere, and stands there once. */
export const CYCLONEDX_VEX: ReportReader = {
  name: 'strict schema of CycloneDX 1.6 (validator of its library), references',
  faults: ofEach(async (text) => {
    const { vulnerabilities, components, ...rest } = JSON.parse(text) as Bom;
    const faults = [...actingCharacters(text)];
    const refs = new Set(components.map((component) => component['bom-ref']));
    if (refs.size !== components.length) faults.push('has a component twice');
    if (new Set(vulnerabilities.map((vulnerability) => vulnerability['bom-ref'])).size !== vulnerabilities.length) faults.push('has a finding twice');
    if (!vulnerabilities.every(({ affects }) => affects.every(({ ref }) => refs.has(ref)))) faults.push('has a finding of no component');
    for (let first = 0; first === 0 || first < Math.max(vulnerabilities.length, components.length); first += PART) {
      const part = { ...rest, components: components.slice(first, first + PART), vulnerabilities: vulnerabilities.slice(first, first + PART) };
      const fault = await validator.validate(JSON.stringify(part));
      if (fault !== null) faults.push(JSON.stringify(fault).slice(0, 500));
    }
    return faults;
  }),
  counts: (text) => countsOf((JSON.parse(text) as Bom).vulnerabilities.map(({ ratings }) => ratings[0]?.severity ?? 'none')),
};
