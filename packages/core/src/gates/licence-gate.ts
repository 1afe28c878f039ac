import type { FindingComponent } from '../domain/finding.js';
import { LICENCE_RISKS, type LicenceRisk } from '../domain/judgement.js';
import { createFindingCounter } from './finding-counter.js';
import type { Gate } from './gate.js';

type Rating = LicenceRisk | 'unrated';

const WORDS: Readonly<Record<Rating, string>> = { high: 'High', medium: 'Medium', low: 'Low', unrated: 'not rated' };
const WORST_FIRST: readonly Rating[] = ['high', 'medium', 'low', 'unrated'];

/**
 * Fails when a component with SCA findings has a licence of this risk or a higher one; of several licences the worst
 * counts. A licence that the platform does not name or rate has not been shown to be harmless, and counts.
 *
 * Mitigations and grace periods of a vulnerability say nothing about a licence; waivers and baselines do.
 */
export function createLicenceGate(threshold: LicenceRisk): Gate {
  const reaches = (rating: Rating): boolean => rating === 'unrated' || LICENCE_RISKS.indexOf(rating) >= LICENCE_RISKS.indexOf(threshold);
  const counter = createFindingCounter({
    among: ({ component }) => component !== null,
    matches: ({ component }) => component !== null && reaches(ratingOf(component)),
    noun: 'SCA findings',
    counting: ['open', 'mitigated', 'proposed', 'in-grace'],
  });
  const ratings = { high: 0, medium: 0, low: 0, unrated: 0 };
  return {
    see(seen) {
      const { component } = seen.finding;
      if (counter.see(seen) && component !== null) ratings[ratingOf(component)] += 1;
    },
    result() {
      const parts = WORST_FIRST.filter((rating) => ratings[rating] > 0).map((rating) => `${ratings[rating]} ${WORDS[rating]}`);
      const list = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
      return {
        id: 'licence-risk',
        outcome: counter.count === 0 ? 'pass' : 'fail',
        sentence: `${counter.subject()} of a component with licence risk ${WORDS[threshold]} or above${list}${counter.notCounted()}.`,
        numbers: { threshold, unrated: ratings.unrated, ...counter.numbers() },
      };
    },
  };
}

/** The worst that is known; one licence that is not rated leaves the whole component so, unless another is bad. */
function ratingOf({ licences }: FindingComponent): Rating {
  const ratings = licences.map(({ risk }): Rating => {
    if (risk === null || risk < 2) return 'unrated';
    return risk === 2 ? 'low' : risk === 3 ? 'medium' : 'high';
  });
  if (ratings.includes('high')) return 'high';
  if (ratings.length === 0 || ratings.includes('unrated')) return 'unrated';
  return ratings.includes('medium') ? 'medium' : 'low';
}
