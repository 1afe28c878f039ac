import type { Severity } from '../../scenarios/vocabulary.js';

/** What the emulator says about one CWE. Texts are its own. */
export interface Weakness {
  readonly cwe: number;
  readonly name: string;
  readonly category: Category;
  /** Usual severity. */
  readonly severity: Severity;
  readonly pci: boolean;
  /** 1 trivial to 5 complex design error. */
  readonly effort: number;
  readonly ciaImpact: string;
  /** A function that is attacked. */
  readonly type: string;
  readonly description: string;
}

export interface Category {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly advice: readonly string[];
}

function category(id: number, name: string, description: string, ...advice: string[]): Category {
  return { id, name, description, advice };
}

const traversal = category(
  1,
  'Directory Traversal',
  'A path is put together from outside data, so that files beyond the intended folder come within reach.',
  'Choose files through an index or an allow-list of names.',
  'Resolve the path completely and check that it lies under the intended folder.',
);
const leakage = category(
  8,
  'Information Leakage',
  'Details that help an attacker, or data about people, leave the application.',
  'Show people a general message and write the details to a protected log.',
);
const credentials = category(
  10,
  'Credentials Management',
  'Passwords or keys stand in the code or are kept without protection.',
  'Read secrets at run time from a vault and change the ones that were in the code.',
);
const authentication = category(
  11,
  'Authentication Issues',
  'The identity of a caller is not established reliably.',
  'Use the platform or framework for authentication and require it everywhere by default.',
);
const cryptography = category(
  12,
  'Cryptographic Issues',
  'Protection relies on algorithms, random numbers or parameters that can be broken.',
  'Use current algorithms from a maintained library.',
  'Take random numbers for security from a cryptographic generator.',
);
const errorHandling = category(
  16,
  'Error Handling',
  'Failures are passed over, so that the application goes on in a state nobody thought of.',
  'Handle the failure where something can be done about it.',
);
const quality = category(
  17,
  'Code Quality',
  'The code is fragile in a way that can be turned against it.',
  'Follow the rules of the language for resources and comparisons.',
);
const command = category(
  18,
  'OS Command Injection',
  'A command line contains outside data, so that other commands can be run.',
  'Call programs with an argument list instead of a shell.',
  'Accept only values from an allow-list.',
);
const sql = category(
  19,
  'SQL Injection',
  'A database query is put together from outside data, so that its meaning can be changed.',
  'Use prepared statements with parameters.',
);
const scripting = category(
  20,
  'Cross-Site Scripting',
  'Outside data reaches a page without encoding, so that scripts run in the browser of another person.',
  'Encode for the place in the page at which the data is shown.',
);
const lineBreaks = category(
  21,
  'CRLF Injection',
  'Line breaks in outside data forge headers or log entries.',
  'Remove or encode line breaks before data is written to headers and logs.',
);
const input = category(
  25,
  'Insufficient Input Validation',
  'Outside data is used without a check of its form.',
  'Describe the allowed values and refuse everything else.',
);
const other = category(99, 'Other', 'A weakness of another kind.', 'See the description of the CWE.');

/** Usual weaknesses; generated findings are drawn from them, in this order. */
export const weaknesses: readonly Weakness[] = [
  {
    cwe: 89,
    name: "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
    category: sql,
    severity: 4,
    pci: true,
    effort: 3,
    ciaImpact: 'ppp',
    type: 'java.sql.Statement.executeQuery',
    description: 'The text of the query contains outside data.',
  },
  {
    cwe: 80,
    name: 'Improper Neutralization of Script-Related HTML Tags in a Web Page (Basic XSS)',
    category: scripting,
    severity: 3,
    pci: true,
    effort: 3,
    ciaImpact: 'pnn',
    type: 'javax.servlet.jsp.JspWriter.print',
    description: 'Outside data is written to the page as it came.',
  },
  {
    cwe: 117,
    name: 'Improper Output Neutralization for Logs',
    category: lineBreaks,
    severity: 3,
    pci: true,
    effort: 2,
    ciaImpact: 'npn',
    type: 'org.slf4j.Logger.info',
    description: 'Outside data is written to the log as it came.',
  },
  {
    cwe: 78,
    name: "Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')",
    category: command,
    severity: 5,
    pci: true,
    effort: 3,
    ciaImpact: 'ccp',
    type: 'java.lang.Runtime.exec',
    description: 'The command line contains outside data.',
  },
  {
    cwe: 73,
    name: 'External Control of File Name or Path',
    category: traversal,
    severity: 3,
    pci: true,
    effort: 2,
    ciaImpact: 'ppp',
    type: 'java.io.File.<init>',
    description: 'The path of the file contains outside data.',
  },
  {
    cwe: 209,
    name: 'Information Exposure Through an Error Message',
    category: leakage,
    severity: 2,
    pci: true,
    effort: 1,
    ciaImpact: 'pnn',
    type: 'java.lang.Throwable.printStackTrace',
    description: 'The answer contains the text of an exception.',
  },
  {
    cwe: 327,
    name: 'Use of a Broken or Risky Cryptographic Algorithm',
    category: cryptography,
    severity: 3,
    pci: true,
    effort: 1,
    ciaImpact: 'pnn',
    type: 'java.security.MessageDigest.getInstance',
    description: 'The algorithm is no longer considered safe.',
  },
  {
    cwe: 259,
    name: 'Use of Hard-coded Password',
    category: credentials,
    severity: 3,
    pci: true,
    effort: 4,
    ciaImpact: 'pnn',
    type: 'java.sql.DriverManager.getConnection',
    description: 'A password stands in the code.',
  },
  {
    cwe: 331,
    name: 'Insufficient Entropy',
    category: cryptography,
    severity: 3,
    pci: true,
    effort: 2,
    ciaImpact: 'pnn',
    type: 'java.util.Random.nextInt',
    description: 'The random numbers can be foretold.',
  },
  {
    cwe: 391,
    name: 'Unchecked Error Condition',
    category: errorHandling,
    severity: 0,
    pci: false,
    effort: 1,
    ciaImpact: 'nnn',
    type: 'java.io.InputStream.read',
    description: 'The failure of the call is passed over.',
  },
  {
    cwe: 404,
    name: 'Improper Resource Shutdown or Release',
    category: quality,
    severity: 0,
    pci: false,
    effort: 2,
    ciaImpact: 'nnp',
    type: 'java.io.FileInputStream.<init>',
    description: 'The stream is not closed on every path.',
  },
  {
    cwe: 601,
    name: "URL Redirection to Untrusted Site ('Open Redirect')",
    category: input,
    severity: 3,
    pci: true,
    effort: 2,
    ciaImpact: 'npn',
    type: 'javax.servlet.http.HttpServletResponse.sendRedirect',
    description: 'The target of the redirect comes from outside.',
  },
  {
    cwe: 287,
    name: 'Improper Authentication',
    category: authentication,
    severity: 4,
    pci: true,
    effort: 4,
    ciaImpact: 'ppn',
    type: 'javax.naming.ldap.InitialLdapContext.<init>',
    description: 'The bind succeeds with an empty password.',
  },
  {
    cwe: 597,
    name: 'Use of Wrong Operator in String Comparison',
    category: quality,
    severity: 2,
    pci: false,
    effort: 1,
    ciaImpact: 'nnp',
    type: 'java.lang.String',
    description: 'Two texts are compared by reference.',
  },
  {
    cwe: 489,
    name: 'Leftover Debug Code',
    category: leakage,
    severity: 1,
    pci: false,
    effort: 1,
    ciaImpact: 'pnn',
    type: 'main',
    description: 'An entry point for debugging is still there.',
  },
];

const byCwe = new Map(weaknesses.map((weakness) => [weakness.cwe, weakness]));

/** Every number has an answer, so that scenarios may use any CWE. */
export function weaknessOf(cwe: number): Weakness {
  return (
    byCwe.get(cwe) ?? {
      cwe,
      name: `Weakness ${cwe}`,
      category: other,
      severity: 3,
      pci: false,
      effort: 3,
      ciaImpact: '',
      type: 'UNKNOWN',
      description: `See the description of CWE-${cwe}.`,
    }
  );
}
