import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';

import { writeReport } from './write-report.js';

describe('writeReport', () => {
  it('writes well-formed XML of the wanted size, with as many flaws as it says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'verapipe-report-'));
    const file = join(folder, 'report.xml');
    try {
      const flaws = await writeReport(file, 1_000_000);
      const text = await readFile(file, 'utf8');
      expect(new XMLParser().parse(text)).toMatchObject({ detailedreport: { severity: expect.any(Array) } });
      expect(text.match(/<flaw /g)).toHaveLength(flaws);
      expect(text).toContain(`total_flaws="${flaws}"`);
      const { size } = await stat(file);
      expect(Math.abs(size - 1_000_000)).toBeLessThan(20_000);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
