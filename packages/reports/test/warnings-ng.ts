/** An issue as Jenkins shows it. @see github.com/jenkinsci/analysis-model "Issue" */
export interface WarningsIssue {
  readonly fileName: string;
  readonly lineStart: number;
  readonly severity: 'HIGH' | 'NORMAL' | 'LOW';
  readonly message: string;
  readonly type: string;
  readonly category: string;
  readonly packageName: string;
  readonly description: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a results file of a pipeline scan with the fields that Jenkins' parser uses, as strictly as it does: those of a
 * finding, and those of a source file where there is one, have to be there and of their type, or the whole file is refused.
 *
 * @see github.com/jenkinsci/analysis-model "veracode-pipeline-scanner"
 */
export function readAsWarningsNg(text: string): readonly WarningsIssue[] {
  const { findings } = JSON.parse(text) as { readonly findings: readonly Fields[] };
  return findings.map((finding) => {
    const source = (finding['files'] as { readonly source_file?: Fields } | undefined)?.source_file;
    const severity = field(finding, 'severity', 'number');
    const scope = source === undefined ? '-' : field(source, 'scope', 'string');
    return {
      fileName: source === undefined ? '-' : inSourceFolder(field(source, 'file', 'string')),
      lineStart: source === undefined ? 0 : field(source, 'line', 'number'),
      severity: severity >= 4 ? 'HIGH' : severity === 3 ? 'NORMAL' : 'LOW',
      message: field(finding, 'issue_type', 'string'),
      type: field(finding, 'title', 'string'),
      category: field(finding, 'issue_type_id', 'string'),
      packageName: scope.includes('.') ? scope.slice(0, scope.lastIndexOf('.')) : '-',
      description: [finding['cwe_id'], finding['flaw_details_link'], finding['display_text']].map((part) => (typeof part === 'string' ? part : '-')).join(' '),
    };
  });
}

interface Types {
  readonly string: string;
  readonly number: number;
}

function field<T extends keyof Types>(fields: Fields, name: string, type: T): Types[T] {
  const value = fields[name];
  if (typeof value !== type) throw new Error(`${name} is ${JSON.stringify(value)}, and Jenkins wants a ${type}.`);
  return value as Types[T];
}

/** Its guess for builds with Maven. */
function inSourceFolder(file: string): string {
  if (file.endsWith('.java')) return file.startsWith('src/main/java/') ? file : `src/main/java/${file}`;
  return file.endsWith('.kt') && !file.startsWith('src/main/kotlin/') ? `src/main/kotlin/${file}` : file;
}
