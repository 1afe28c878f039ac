import { pathUri } from './finding-path.js';
import type { CiFacts } from './scan-results.js';
import { webAddress } from './web-address.js';

/** A place in a file of the checkout. */
interface SourcePlace {
  /** With each segment encoded. */
  readonly path: string;
  readonly line: number | null;
}

type SourceUrlForm = (repository: string, commit: string, place: SourcePlace) => string;

/** How each code host addresses a line of a file in a commit. @see each host's own pages: nobody documents it as an interface */
const FORMS: Readonly<Record<string, SourceUrlForm>> = {
  'github-actions': (repository, commit, { path, line }) => `${repository}/blob/${commit}/${path}${line === null ? '' : `#L${String(line)}`}`,
  'gitlab-ci': (repository, commit, { path, line }) => `${repository}/-/blob/${commit}/${path}${line === null ? '' : `#L${String(line)}`}`,
  'bitbucket-pipelines': (repository, commit, { path, line }) => `${repository}/src/${commit}/${path}${line === null ? '' : `#lines-${String(line)}`}`,
  'azure-pipelines': (repository, commit, { path, line }) => `${repository}?path=/${path}&version=GC${commit}${line === null ? '' : `&line=${String(line)}&lineEnd=${String(line + 1)}&lineStartColumn=1&lineEndColumn=1`}`,
};

/** The page of a line on the code host of the run; null where the host, the commit or the file is not known. Pure. */
export function sourceUrl(ci: CiFacts | null, path: string | null, line: number | null): string | null {
  const form = FORMS[ci?.system ?? ''];
  const repository = webAddress(ci?.repositoryUrl ?? null)?.replace(/(?:\.git)?\/?$/u, '');
  const commit = ci?.commit ?? '';
  if (form === undefined || repository === undefined || path === null || !/^[\da-f]{6,64}$/iu.test(commit)) return null;
  return webAddress(form(repository, commit, { path: pathUri(path), line }));
}
