import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { findGitFolder, type GitFolder, readDefaultBranch, readRemote } from '../checkout/git-folder.js';

/** How a repository makes what is scanned. */
export interface Build {
  /** For people: `Maven (pom.xml)`. */
  readonly what: string;
  /** Shell command; the same on every CI. Null where what is scanned is there without one. */
  readonly command: string | null;
  /** Patterns of `--file`. */
  readonly files: readonly string[];
  /** Container image of the compiler; null where git and Node are enough. */
  readonly compiler: string | null;
}

/** What a repository says about itself. */
export interface RepositoryFacts {
  /** For the application profile; null when nothing names it. */
  readonly name: string | null;
  /** For people: `the name in package.json`. */
  readonly nameSource: string | null;
  readonly defaultBranch: string;
  readonly build: Build;
}

/** The build where people name the files themselves: a compiler is still needed, an archive of the sources is not. Pure. */
export function buildOf(build: Build, files: readonly string[]): Build {
  if (files.length === 0) return build;
  return { ...build, files, command: build.compiler === null ? null : build.command };
}

const SOURCES: Build = {
  what: 'sources (nothing that compiles was recognised)',
  command: 'git archive --format=zip --output=veracode-sources.zip HEAD',
  files: ['veracode-sources.zip'],
  compiler: null,
};

/** By the file that shows it, first match wins. @see docs.veracode.com "Packaging Code for Static Analysis" */
const BUILDS: readonly (readonly [RegExp, (file: string, text: string) => Build])[] = [
  [
    /^pom\.xml$/u,
    (file, text) => ({
      what: `Maven (${file})`,
      command: 'mvn --batch-mode package -DskipTests',
      files: [`${/<modules>/u.test(text) ? '**/' : ''}target/*.${/<packaging>\s*war\s*<\/packaging>/u.test(text) ? 'war' : 'jar'}`],
      compiler: 'maven:3-eclipse-temurin-17',
    }),
  ],
  [/^build\.gradle(?:\.kts)?$/u, (file, text) => ({ what: `Gradle (${file})`, command: './gradlew assemble', files: [`**/build/libs/*.${/\bwar\b/u.test(text) ? 'war' : 'jar'}`], compiler: 'eclipse-temurin:17' })],
  [/\.(?:sln|slnx|csproj|vbproj)$/iu, (file) => ({ what: `.NET (${file})`, command: `dotnet publish ${quoted(file)} --configuration Debug --output veracode-publish`, files: ['veracode-publish/*.dll', 'veracode-publish/*.pdb'], compiler: 'mcr.microsoft.com/dotnet/sdk:8.0' })],
  [/^package\.json$/u, (file) => ({ ...SOURCES, what: `JavaScript or TypeScript (${file}), scanned as sources` })],
  [/^(?:pyproject\.toml|setup\.py|requirements\.txt)$/u, (file) => ({ ...SOURCES, what: `Python (${file}), scanned as sources` })],
  [/^(?:composer\.json|Gemfile|go\.mod)$/u, (file) => ({ ...SOURCES, what: `${file}, scanned as sources` })],
];

/** Looks at a repository: name, default branch, and what it builds. Reads a few files. */
export async function readRepository(folder: string): Promise<RepositoryFacts> {
  const names = (await readdir(folder)).sort();
  const read = async (name: string): Promise<string> => (names.includes(name) ? readFile(join(folder, name), 'utf8') : '');
  const git = await findGitFolder(folder);
  const named = nameOf(await read('package.json'), await read('pom.xml'), (git === null ? null : await readRemote(git)) ?? '');
  const defaultBranch = await defaultBranchOf(git);
  for (const [pattern, describe] of BUILDS) {
    const file = names.find((name) => pattern.test(name));
    if (file !== undefined) return { ...named, defaultBranch, build: describe(file, await read(file)) };
  }
  return { ...named, defaultBranch, build: SOURCES };
}

function nameOf(packageJson: string, pom: string, remote: string): Pick<RepositoryFacts, 'name' | 'nameSource'> {
  const candidates: readonly (readonly [string | undefined, string])[] = [
    [nameInJson(packageJson), 'the name in package.json'],
    [nameInPom(pom), 'the name in pom.xml'],
    [/([^/:\\]+?)(?:\.git)?\/*$/u.exec(remote)?.[1], 'the git remote'],
  ];
  for (const [name, nameSource] of candidates) {
    // A name that the platform or a pipeline file could not hold is left to the user.
    if (name !== undefined && name.trim() !== '' && name.length <= 256 && !/[\p{Cc}$`]/u.test(name)) return { name: name.trim(), nameSource };
  }
  return { name: null, nameSource: null };
}

/** Without the scope, which names an owner and not an application. */
function nameInJson(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const name = typeof json === 'object' && json !== null && 'name' in json ? json.name : undefined;
    return typeof name === 'string' ? name.replace(/^@[^/]*\//u, '') : undefined;
  } catch {
    return undefined;
  }
}

/** The project's own name, not its parent's and not those of what it needs. */
function nameInPom(text: string): string | undefined {
  const own = text.replace(/<(parent|dependencies|dependencyManagement|build|profiles|plugins)>.*?<\/\1>/gsu, '').replace(/<!--.*?-->/gsu, '');
  const name = /<name>([^<$]+)<\/name>/u.exec(own)?.[1] ?? /<artifactId>([^<$]+)<\/artifactId>/u.exec(own)?.[1];
  return name?.replace(/&amp;/gu, '&');
}

async function defaultBranchOf(git: GitFolder | null): Promise<string> {
  const branch = git === null ? null : await readDefaultBranch(git);
  return branch !== null && /^[\w./-]+$/u.test(branch) ? branch : 'main';
}

function quoted(file: string): string {
  return /^[\w.-]+$/u.test(file) ? file : `"${file.replace(/["$`\\]/gu, '')}"`;
}
