import type { ComponentSpec, FindingSpec } from '../../scenarios/finding-schema.js';

/** What a profile gets without a scenario: a handful of findings of a web shop that does not exist. */
export const typicalFindings: readonly FindingSpec[] = [
  {
    cwe: 89,
    severity: 4,
    file: 'src/main/java/com/example/shop/orders/OrderRepository.java',
    line: 87,
    function: 'java.util.List findByCustomer(java.lang.String)',
    exploitability: 1,
  },
  {
    cwe: 80,
    severity: 3,
    file: 'src/main/webapp/search/results.jsp',
    line: 31,
    function: 'void _jspService(javax.servlet.http.HttpServletRequest, javax.servlet.http.HttpServletResponse)',
    exploitability: 0,
  },
  {
    cwe: 117,
    severity: 3,
    file: 'src/main/java/com/example/shop/login/LoginController.java',
    line: 142,
    function: 'java.lang.String login(java.lang.String, java.lang.String)',
    exploitability: 0,
    mitigation: {
      action: 'appdesign',
      status: 'accepted',
      comment: 'The log encoder replaces line breaks.',
      by: 'security-lead',
    },
  },
  {
    cwe: 209,
    severity: 2,
    file: 'src/main/java/com/example/shop/web/ErrorAdvice.java',
    line: 54,
    function: 'void handle(java.lang.Exception)',
    exploitability: -1,
  },
  {
    cwe: 597,
    severity: 2,
    file: 'src/main/java/com/example/shop/cart/Voucher.java',
    line: 19,
    function: 'boolean isSame(java.lang.String)',
    exploitability: -1,
  },
  {
    cwe: 404,
    severity: 0,
    file: 'src/main/java/com/example/shop/export/CsvExport.java',
    line: 203,
    function: 'void write(java.io.File)',
    exploitability: -2,
  },
];

/** Two libraries that do not exist, one of them with a made-up vulnerability. */
export const typicalComponents: readonly ComponentSpec[] = [
  {
    file: 'example-json-1.4.2.jar',
    library: 'example-json',
    version: '1.4.2',
    vendor: 'com.example',
    description: 'Reads and writes JSON.',
    paths: ['WEB-INF/lib/example-json-1.4.2.jar'],
    vulnerabilities: [
      {
        cve: 'CVE-1999-99001',
        severity: 4,
        cvss: 7.5,
        cwe: 'CWE-502',
        summary: 'Made up for rehearsals: deserialising outside data runs code.',
        affectsPolicy: false,
      },
    ],
    licences: [
      { name: 'Apache License 2.0', spdxId: 'Apache-2.0', url: 'https://spdx.org/licenses/Apache-2.0.html', risk: 2 },
    ],
  },
  {
    file: 'example-logging-3.0.0.jar',
    library: 'example-logging',
    version: '3.0.0',
    vendor: 'com.example',
    description: 'Writes logs.',
    paths: ['WEB-INF/lib/example-logging-3.0.0.jar'],
    vulnerabilities: [],
    licences: [{ name: 'MIT License', spdxId: 'MIT', url: 'https://spdx.org/licenses/MIT.html', risk: 2 }],
  },
];
