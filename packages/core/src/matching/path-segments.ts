/** A path as reports spell it, taken apart. */
export interface PathSegments {
  readonly segments: readonly string[];
  /** It names a place of the machine that built, not of a package. */
  readonly isAbsolute: boolean;
}

/** Longer ones are no paths. */
const MAX_CHARACTERS = 4096;

/** Classes of compiled JSP pages. @see Apache Tomcat, JspUtil.makeJavaIdentifier */
const COMPILED_PAGE = /^org\/apache\/jsp\/(?<page>.+)_(?<extension>jspx?)\.java$/;

/** Folders are namespaces there, joined with dots or not. */
const DOT_NET_FILE = /\.(?:cs|vb|fs)$/i;

/**
 * Takes a path of a finding apart: `\` and `/`, drives, `file:` and `webpack:` addresses, entries of archives (`!/`),
 * `.` and `..`, pages that were compiled to classes.
 *
 * @returns null for what is no path
 */
export function parseFindingPath(text: string): PathSegments | null {
  if (text.length > MAX_CHARACTERS || /\p{Cc}/u.test(text)) return null;
  const slashed = text.replaceAll('\\', '/').replaceAll('!/', '/');
  const withoutScheme = slashed.replace(/^(?:file|webpack|webpack-internal|ng|app):\/{2,3}/i, '/');
  const withoutDrive = withoutScheme.replace(/^\/?[A-Za-z]:\//, '/');
  const segments = resolveDots(sourceOfPage(withoutDrive).split('/'));
  return segments.length === 0 ? null : { segments, isAbsolute: withoutDrive.startsWith('/') };
}

/**
 * The namespaces of a .NET file as folders: `Shop.Web/Controllers/Order.cs` and `Shop/Web/Controllers/Order.cs` are
 * the same; null for other files.
 */
export function namespaceSegments(segments: readonly string[]): readonly string[] | null {
  const file = segments.at(-1) ?? '';
  if (!DOT_NET_FILE.test(file)) return null;
  return [...segments.slice(0, -1).flatMap((folder) => folder.split('.')), file].filter((part) => part !== '');
}

/** `Shop.Web.Controllers.Order.cs`, where a type's full name stands for its file; null for other files. */
export function typeNameSegments(segments: readonly string[]): readonly string[] | null {
  const [file, ...rest] = segments.toReversed();
  const parts = file?.split('.') ?? [];
  if (file === undefined || rest.length > 0 || !DOT_NET_FILE.test(file) || parts.length < 3) return null;
  return [...parts.slice(0, -2), parts.slice(-2).join('.')];
}

/** What leads above the start is dropped: a mapped path comes from the checkout in any case. */
function resolveDots(parts: readonly string[]): readonly string[] {
  const segments: string[] = [];
  for (const part of parts) {
    if (part === '..') segments.pop();
    else if (part !== '' && part !== '.') segments.push(part);
  }
  return segments;
}

function sourceOfPage(path: string): string {
  const { page, extension } = COMPILED_PAGE.exec(path)?.groups ?? {};
  if (page === undefined || extension === undefined) return path;
  const decoded = page.replace(/_00([0-9a-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return `${decoded}.${extension}`;
}
