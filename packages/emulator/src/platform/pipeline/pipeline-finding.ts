import { dataPathOf } from '../findings/data-path.js';
import type { Finding } from '../findings/finding.js';
import { type FlawHashes, flawHashesOf, hashOf } from '../findings/flaw-hashes.js';

/** Words that stand in `issue_type_id`. */
const typeIds: Readonly<Record<string, string>> = { Cryptography: 'crypto', 'Code Quality': 'reliability' };

/** One entry of `findings`, with everything that is odd about the vendor's. */
export function pipelineFinding(finding: Finding, options: { readonly issueId: number; readonly stackDump: boolean }): object {
  const { weakness, severity, type, sourceFolder, sourceFile, line, exploitability } = finding;
  const file = `${sourceFolder}${sourceFile}`;
  const hashes = flawHashesOf(finding);
  return {
    title: type,
    // Numbers begin again with each group of modules.
    issue_id: options.issueId,
    image_path: finding.moduleName,
    gob: 'B',
    severity,
    issue_type_id: typeIds[weakness.category.name] ?? 'taint',
    issue_type: weakness.name,
    cwe_id: String(weakness.cwe),
    exploit_level: String(exploitability),
    display_text: displayText(finding),
    files: { source_file: { file, upload_file: file, line, ...functionNames(finding) } },
    ...(hashes === null ? {} : { flaw_match: flawMatch(finding, file, hashes) }),
    ...(options.stackDump ? { stack_dumps: stackDumps(finding, options.issueId) } : {}),
    flaw_details_link: `https://downloads.veracode.com/securityscan/cwe/v4/java/${weakness.cwe}.html`,
  };
}

function displayText({ weakness, description }: Finding): string {
  const parts = [description, weakness.category.advice.join(' ')].filter((part) => part !== '');
  const links = `References: <a href="https://cwe.mitre.org/data/definitions/${weakness.cwe}.html">CWE</a>`;
  return [...parts.map(escapeHtml), links].map((part) => `<span>${part}</span>`).join(' ');
}

/** `java.util.List find(java.lang.String)` in the class of the file. */
function functionNames({ sourceFolder, sourceFile, functionPrototype }: Finding): object {
  const name = /([^\s.(]+)\(/.exec(functionPrototype)?.[1];
  if (name === undefined) {
    return { function_name: 'UNKNOWN', qualified_function_name: '', function_prototype: '', scope: '' };
  }
  const scope = `${sourceFolder.replace(/^src\/main\/java\//, '')}${sourceFile.replace(/\.\w+$/, '')}`.replaceAll('/', '.');
  return { function_name: name, qualified_function_name: `${scope}.${name}`, function_prototype: functionPrototype, scope };
}

function flawMatch({ weakness, type }: Finding, file: string, { procedure, prototype, flaw, count, ordinal }: FlawHashes): object {
  return {
    procedure_hash: procedure,
    prototype_hash: prototype,
    flaw_hash: flaw,
    flaw_hash_count: count,
    flaw_hash_ordinal: ordinal,
    cause_hash: hashOf('cause', file, String(weakness.cwe)),
    cause_hash_count: 1,
    cause_hash_ordinal: 1,
    cause_hash2: hashOf('cause2', file, type),
    cause_hash2_ordinal: '1',
  };
}

/** Every third finding has an empty dump, which means none. */
function stackDumps(finding: Finding, issueId: number): object {
  if (issueId % 3 === 0) {
    return { stack_dump: [{}] };
  }
  const { file, functionName, lines } = dataPathOf(finding);
  const frame = (id: number, line: number, comment: string | object): object => ({
    FrameId: String(id),
    FunctionName: functionName,
    SourceFile: file,
    // Frames count lines from 0, in every recording.
    SourceLine: String(Math.max(0, line - 1)),
    SourceFileId: '1',
    VarNames: 'input',
    QualifiedFunctionName: '',
    FunctionPrototype: finding.functionPrototype,
    Scope: '',
    RelativeLocation: '0',
    Comment: comment,
  });
  return { stack_dump: [{ Frame: [frame(0, lines[0], 'Start taint trace'), frame(1, lines[1], {})] }] };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
