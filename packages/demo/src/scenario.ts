import type { ScenarioInput } from '@verapipe/emulator';

const MINUTE = 60;

/** An emulated hour takes three seconds. */
export const TIME_SCALE = 1200;

/** What the emulated platform will say: a scan of two and a half hours, and findings that its policy lets pass. */
export const SCENARIO: ScenarioInput = {
  scans: [
    {
      prescanSeconds: 20 * MINUTE,
      queueSeconds: 10 * MINUTE,
      scanSeconds: 120 * MINUTE,
      components: [],
      findings: [
        {
          cwe: 89,
          severity: 4,
          file: 'src/main/java/com/example/demo/OrderSearch.java',
          line: 112,
          mitigation: { action: 'appdesign', status: 'accepted', comment: 'The column name comes from a fixed list.' },
        },
        { cwe: 209, severity: 2, file: 'src/main/java/com/example/demo/ErrorPage.java', line: 31 },
        { cwe: 117, severity: 2, file: 'src/main/java/com/example/demo/AuditLog.java', line: 58 },
        { cwe: 404, severity: 0, file: 'src/main/java/com/example/demo/CsvExport.java', line: 203 },
      ],
    },
  ],
};
