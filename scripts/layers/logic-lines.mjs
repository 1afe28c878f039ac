import ts from 'typescript';

/**
 * Counts the lines of a source file that hold logic: no comments, blank lines, imports, and declarations of types alone.
 *
 * @param {string} text - TypeScript
 * @returns {number}
 */
export function logicLines(text) {
  const source = ts.createSourceFile('counted.ts', text, ts.ScriptTarget.Latest, true);
  /** @type {Set<number>} */
  const lines = new Set();
  for (const statement of source.statements) if (!isDeclarationOnly(statement)) addLines(statement, source, lines);
  return lines.size;
}

/** @param {ts.Statement} statement */
function isDeclarationOnly(statement) {
  return ts.isImportDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
}

/** Lines on which a token begins: comments and blank lines have none. @param {ts.Node} node @param {ts.SourceFile} source @param {Set<number>} lines */
function addLines(node, source, lines) {
  const children = node.getChildren(source).filter(({ kind }) => kind < ts.SyntaxKind.FirstJSDocNode || kind > ts.SyntaxKind.LastJSDocNode);
  if (children.length === 0 && node.getWidth(source) > 0) lines.add(source.getLineAndCharacterOfPosition(node.getStart(source)).line);
  for (const child of children) addLines(child, source, lines);
}
