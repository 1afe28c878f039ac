import { aboutArtifact } from '../complaints.js';
import { filesOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

/** A pattern of the packing program that matched nothing. */
export const EMPTY_ARCHIVE: RuleDefinition = {
  id: 'empty-archive',
  title: 'Archive without files',
  severity: 'error',
  advice: 'See which files the packing step was meant to take; its pattern probably matched nothing.',
  example: 'shop.zip with two empty folders',
  check(survey) {
    const isEmpty = survey.isArchive && survey.damages.length === 0 && survey.unread.length === 0 && filesOf(survey).length === 0;
    return isEmpty ? aboutArtifact('There is no file in it.') : [];
  },
};
