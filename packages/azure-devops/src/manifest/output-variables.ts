/** Variables that later steps can read, and what they hold; one that has nothing to hold is empty. */
export const OUTPUT_VARIABLES = {
  verdict: '`pass`, `warn`, `fail`, `pending` (submitted, not waited for) or `none` (no judgement).',
  exitCode: 'The code that the command line would have ended with.',
  scanId: 'Id of the scan on the platform; of a pipeline scan its own.',
  buildId: 'Build id on the platform; empty for a pipeline scan.',
  platformLink: 'Page of the scan on the platform.',
  findingsTotal: 'All findings.',
  openVeryHigh: 'Open findings of severity Very High.',
  openHigh: 'Open findings of severity High.',
  openMedium: 'Open findings of severity Medium.',
  openLow: 'Open findings of severity Low.',
  openVeryLow: 'Open findings of severity Very Low.',
  openInformational: 'Open findings of severity Informational.',
  artifactName: 'Name of the build artifact with results and reports; empty without one.',
  resultsFile: 'Path of verapipe-results.json.',
  sarifFile: 'Path of the SARIF report.',
  htmlFile: 'Path of the HTML report.',
  junitFile: 'Path of the JUnit report.',
  summaryFile: 'Path of the Markdown summary.',
} as const satisfies Readonly<Record<string, string>>;

/** Name of such a variable. */
export type OutputVariable = keyof typeof OUTPUT_VARIABLES;
