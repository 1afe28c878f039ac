import { DEFAULT_JUDGEMENT, type Judgement } from '../domain/judgement.js';
import { ValidationError } from '../kernel/errors.js';
import { isFields, showValue, unknownKeys } from './fields.js';
import { JUDGEMENT_NAMES, parseJudgement } from './judgement.js';
import { parseYamlText } from './yaml-text.js';

/**
 * Reads the floor that an organisation sets under every judgement: `version: 1` and the names of the command line, as
 * YAML or JSON. What the file does not name stands at its default, and a repository can only make it stricter from
 * there: what makes a judgement milder (waivers, new findings only, applied mitigations, report only, tolerated
 * outages) is allowed only where the file says so. Pure.
 *
 * @throws ValidationError with every fault
 * @public
 */
export function parseOrgPolicy(text: string): Judgement {
  const parsed = parseYamlText('orgPolicy', text);
  if ('issues' in parsed) throw new ValidationError(parsed.issues, { code: 'invalid-org-policy' });
  const { value } = parsed;
  if (!isFields(value) || value['version'] !== 1) {
    throw new ValidationError([{ path: 'orgPolicy', got: showValue(value), wanted: 'version: 1, and names of options with their values' }], { code: 'invalid-org-policy' });
  }
  const { given, issues } = parseJudgement(value);
  const all = [
    ...unknownKeys('orgPolicy', value, ['version', ...JUDGEMENT_NAMES]),
    ...issues.map(({ path, got, wanted }) => ({ path: 'orgPolicy', got: `${path}: ${got}`, wanted })),
  ];
  if (all.length > 0) throw new ValidationError(all, { code: 'invalid-org-policy' });
  return { ...DEFAULT_JUDGEMENT, ...given };
}
