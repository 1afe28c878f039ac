import ts from 'typescript';

/**
 * The names that an `index.ts` exports, sorted, types marked as such: `type Finding`. The house lists its exports one by
 * one, so the text of the file tells them all.
 */
export function exportedNames(source: string): readonly string[] {
  const file = ts.createSourceFile('index.ts', source, ts.ScriptTarget.ES2022);
  return file.statements.filter(ts.isExportDeclaration).flatMap(namesOf).sort(byName);
}

function namesOf({ exportClause, isTypeOnly }: ts.ExportDeclaration): readonly string[] {
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) throw new Error('`export *` hides what is exported.');
  return exportClause.elements.map((element) => (isTypeOnly || element.isTypeOnly ? `type ${element.name.text}` : element.name.text));
}

/** By name, whatever its kind. Not by the language of this machine. */
function byName(left: string, right: string): number {
  const [a, b] = [left.replace(/^type /, ''), right.replace(/^type /, '')];
  return a < b ? -1 : Number(a > b);
}
