import { stemOf } from '../entries.js';
import { aboutArtifact } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** Versions, build numbers, dates and commits, where they end a name or stand between hyphens. */
const CHANGING: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a version', /[-_.]v?\d+(?:\.\d+)+(?:[-_.+][\w.+-]*)?(?=$|[-_.])/iu],
  ['a snapshot', /[-_.]snapshot(?=$|[-_.])/iu],
  ['a date', /[-_.]20\d{2}[-_.]?[01]\d[-_.]?[0-3]\d/u],
  ['a commit', /[-_.](?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?=$|[-_.])/iu],
  ['a build number', /[-_.](?:b|build|rc|r)?\d{2,}$/iu],
];

/** The platform matches findings of two scans by the names of their modules. */
export const VERSIONED_ARTIFACT_NAME: RuleDefinition = {
  id: 'versioned-artifact-name',
  title: 'Name that changes with each build',
  severity: 'warning',
  advice: 'Give it one name for all builds: --save-as "shop-*.war=shop.war". Findings are matched between scans by module names.',
  example: 'shop-2.14.0-SNAPSHOT.war',
  check({ artifact }) {
    const stem = stemOf(artifact.replace(/\.tar\.gz$/iu, '.tgz'));
    const found = CHANGING.find(([, pattern]) => pattern.test(stem));
    return found === undefined ? [] : aboutArtifact(`Its name contains ${found[0]}: with the next one, known findings look like new ones.`);
  },
};
