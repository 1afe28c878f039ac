import { readFileSync } from 'node:fs';

import { validateXML } from 'xmllint-wasm';

import type { Counts, ReportReader } from './report-reader.js';

const SCHEMA = readFileSync(new URL('../schemas/junit-10.xsd', import.meta.url), 'utf8');

/** 10,000 findings are more than the library gives its checker memory for. */
const MEMORY = { initialMemoryPages: 2048, maxMemoryPages: 8192 };

const ELEMENTS = { tests: 'testcase', failures: 'failure', errors: 'error', skipped: 'skipped' } as const;

/** Jenkins' schema, and the sums that the suites give. */
export const JUNIT: ReportReader = {
  name: "junit-10.xsd of Jenkins' xUnit plugin (libxml2), sums of the suites",
  async faults(files) {
    const xml = Array.from(files, ([name, contents]) => ({ fileName: name, contents }));
    const { errors } = await validateXML({ xml, schema: [{ fileName: 'junit-10.xsd', contents: SCHEMA }], ...MEMORY });
    const wrongSums = Array.from(files).flatMap(([name, text]) => {
      const { said, found } = sumsOf(text);
      return JSON.stringify(said) === JSON.stringify(found) ? [] : [`${name}: says ${JSON.stringify(said)} and has ${JSON.stringify(found)}`];
    });
    return [...errors.map(({ rawMessage }) => rawMessage), ...wrongSums];
  },
  counts(text) {
    const [, , findings = ''] = text.split('<testsuite ');
    const { tests = 0, failures = 0, errors = 0, skipped = 0 } = sumsOf(`<testsuite ${findings}`).found;
    return { failures, skipped, errors, passed: tests - failures - skipped - errors };
  },
};

/** What suites say that there is, and elements that there are. */
export function sumsOf(xml: string): { readonly said: Counts; readonly found: Counts } {
  const said = (name: string): number => [...xml.matchAll(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`, 'gu'))].reduce((sum, [, count]) => sum + Number(count), 0);
  const found = (element: string): number => xml.split(`<${element} `).length - 1;
  const entries = Object.entries(ELEMENTS);
  return { said: Object.fromEntries(entries.map(([name]) => [name, said(name)])), found: Object.fromEntries(entries.map(([name, element]) => [name, found(element)])) };
}
