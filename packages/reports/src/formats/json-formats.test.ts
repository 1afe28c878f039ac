import { describe, expect, it } from '@jest/globals';

import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { NOTHING, PENDING, sampleFinding } from '../../test/samples.js';
import type { ReportFormatId } from '../report-formats.js';

const FORMATS: readonly ReportFormatId[] = ['sarif', 'gitlab-sast', 'gitlab-dependency-scanning', 'gitlab-code-quality'];

describe.each(FORMATS)('%s', (format) => {
  it.each([['a failed run', NOTHING], ['a scan that nobody waited for', PENDING]])('never looks like a clean scan after %s', async (_name, facts) => {
    const text = await reportText(format, reportInput([], facts));
    if (format !== 'sarif') expect(text).toBeNull();
    else expect(JSON.parse(text ?? '')).toMatchObject({ runs: [{ invocations: [{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] }] }] });
  });

  it('has the same bytes whatever order members of a finding come in', async () => {
    const finding = sampleFinding();
    const turned = Object.fromEntries(Object.entries(finding).reverse()) as unknown as typeof finding;
    expect(await reportText(format, reportInput([turned]))).toBe(await reportText(format, reportInput([finding])));
  });
});
