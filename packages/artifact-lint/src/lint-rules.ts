import type { LintRule, RuleDefinition } from './rule.js';
import { ARCHIVE_EXTENSION } from './rules/archive-extension.js';
import { ARCHIVE_OF_ARCHIVES } from './rules/archive-of-archives.js';
import { BUILD_LEFTOVERS } from './rules/build-leftovers.js';
import { BUNDLED_SCRIPT } from './rules/bundled-script.js';
import { COMPRESSION_BOMB } from './rules/compression-bomb.js';
import { CONTAINER_IMAGE } from './rules/container-image.js';
import { DEAD_WEIGHT } from './rules/dead-weight.js';
import { DEEP_ARCHIVE } from './rules/deep-archive.js';
import { DOTNET_NO_PDB } from './rules/dotnet-no-pdb.js';
import { DUPLICATE_ENTRY } from './rules/duplicate-entry.js';
import { DUPLICATE_LIBRARY } from './rules/duplicate-library.js';
import { EMPTY_ARCHIVE } from './rules/empty-archive.js';
import { ENCRYPTED_ARCHIVE } from './rules/encrypted-archive.js';
import { ENTRY_COUNT } from './rules/entry-count.js';
import { HASHED_SCRIPT_NAME } from './rules/hashed-script-name.js';
import { JAVA_NO_LINE_NUMBERS } from './rules/java-no-line-numbers.js';
import { LINK_IN_ARCHIVE } from './rules/link-in-archive.js';
import { MINIFIED_SCRIPT } from './rules/minified-script.js';
import { NAME_DIFFERS_FROM_CONTENT } from './rules/name-differs-from-content.js';
import { NESTED_ARCHIVE } from './rules/nested-archive.js';
import { NO_LOCK_FILE } from './rules/no-lock-file.js';
import { NODE_MODULES } from './rules/node-modules.js';
import { NOTHING_TO_SCAN } from './rules/nothing-to-scan.js';
import { OBFUSCATED_CLASSES } from './rules/obfuscated-classes.js';
import { PARTLY_UNREAD } from './rules/partly-unread.js';
import { PIPELINE_SIZE } from './rules/pipeline-size.js';
import { PRIVATE_KEY } from './rules/private-key.js';
import { PYTHON_BYTECODE_ONLY } from './rules/python-bytecode-only.js';
import { SECRET_FILE } from './rules/secret-file.js';
import { SHADED_JAR } from './rules/shaded-jar.js';
import { SOURCE_WITHOUT_BINARIES } from './rules/source-without-binaries.js';
import { SOURCES_OR_JAVADOC } from './rules/sources-or-javadoc.js';
import { TEST_CODE } from './rules/test-code.js';
import { UNPACKED_SIZE } from './rules/unpacked-size.js';
import { UNPRINTABLE_ENTRY_NAME } from './rules/unprintable-entry-name.js';
import { UNREADABLE_ARCHIVE } from './rules/unreadable-archive.js';
import { UNSAFE_ENTRY_NAME } from './rules/unsafe-entry-name.js';
import { UNSUPPORTED_COMPRESSION } from './rules/unsupported-compression.js';
import { UNSUPPORTED_TYPE } from './rules/unsupported-type.js';
import { VERSION_CONTROL_FOLDER } from './rules/version-control-folder.js';
import { VERSIONED_ARTIFACT_NAME } from './rules/versioned-artifact-name.js';
import { VIRTUAL_ENVIRONMENT } from './rules/virtual-environment.js';

/** Every rule with its code, in the order in which findings of equal severity are listed: what makes the rest pointless comes first. */
export const RULE_DEFINITIONS: readonly RuleDefinition[] = [
  UNREADABLE_ARCHIVE,
  ENCRYPTED_ARCHIVE,
  UNSUPPORTED_TYPE,
  NAME_DIFFERS_FROM_CONTENT,
  ARCHIVE_EXTENSION,
  EMPTY_ARCHIVE,
  NESTED_ARCHIVE,
  ARCHIVE_OF_ARCHIVES,
  DEEP_ARCHIVE,
  COMPRESSION_BOMB,
  UNPACKED_SIZE,
  ENTRY_COUNT,
  UNSAFE_ENTRY_NAME,
  UNPRINTABLE_ENTRY_NAME,
  LINK_IN_ARCHIVE,
  DUPLICATE_ENTRY,
  UNSUPPORTED_COMPRESSION,
  CONTAINER_IMAGE,
  PARTLY_UNREAD,
  PIPELINE_SIZE,
  NOTHING_TO_SCAN,
  SOURCE_WITHOUT_BINARIES,
  JAVA_NO_LINE_NUMBERS,
  DOTNET_NO_PDB,
  MINIFIED_SCRIPT,
  BUNDLED_SCRIPT,
  PYTHON_BYTECODE_ONLY,
  OBFUSCATED_CLASSES,
  NODE_MODULES,
  VIRTUAL_ENVIRONMENT,
  VERSION_CONTROL_FOLDER,
  TEST_CODE,
  DUPLICATE_LIBRARY,
  SHADED_JAR,
  SOURCES_OR_JAVADOC,
  BUILD_LEFTOVERS,
  DEAD_WEIGHT,
  NO_LOCK_FILE,
  VERSIONED_ARTIFACT_NAME,
  HASHED_SCRIPT_NAME,
  SECRET_FILE,
  PRIVATE_KEY,
];

/** Every rule, as data. @public */
export const LINT_RULES: readonly LintRule[] = RULE_DEFINITIONS.map(({ id, title, severity, advice, example }) => ({
  id,
  title,
  severity,
  advice,
  example,
  docs: `docs/lint/${id}.md`,
}));
