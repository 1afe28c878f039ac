import { describe, expect, it } from '@jest/globals';

import { createEmulator, type Emulator } from '../../create-emulator.js';
import type { EmulatedRequest } from '../../exchange.js';
import type { ScenarioInput } from '../../scenarios/scenario.js';
import { createSystemClock } from '../../system-clock.js';

const NOTHING: AsyncIterable<Uint8Array> = (async function* () {})();

function emulatorOf(settings: ScenarioInput['settings'] = {}): Emulator {
  return createEmulator({ clock: createSystemClock({ timeScale: 1 }), scenario: { settings } });
}

async function ask(emulator: Emulator, path: string): Promise<{ readonly status: number; readonly json: unknown }> {
  const request: EmulatedRequest = { method: 'GET', host: 'status.veracode.com', target: path, headers: {}, body: NOTHING };
  const { status, body } = await emulator.handle(request);
  return { status, json: JSON.parse(Buffer.from(body as Uint8Array).toString('utf8')) as unknown };
}

describe('the status page', () => {
  it('answers whoever asks, without a signature', async () => {
    const emulator = emulatorOf();
    expect(await ask(emulator, '/api/v2/summary.json')).toMatchObject({
      status: 200,
      json: { status: { indicator: 'none', description: 'All Systems Operational' }, incidents: [], scheduled_maintenances: [] },
    });
    expect(emulator.journal()).toMatchObject([{ operation: 'GET /api/v2/summary.json', account: null, acted: true }]);
  });

  it('is the only place that is open', async () => {
    expect(await ask(emulatorOf(), '/healthcheck/status')).toMatchObject({ status: 401 });
  });

  it('tells incidents', async () => {
    const emulator = emulatorOf({ statusPage: { indicator: 'major', description: 'Partial outage', incidents: [{ name: 'Scans are slow', impact: 'major' }] } });
    expect(await ask(emulator, '/api/v2/summary.json')).toMatchObject({
      json: { status: { indicator: 'major' }, incidents: [{ name: 'Scans are slow', status: 'investigating', impact: 'major' }] },
    });
  });

  it.each([
    ['planned', 60, 'scheduled'],
    ['under way', -5, 'in_progress'],
    ['over', -60, null],
  ])('tells a maintenance that is %s', async (_name, startsInMinutes, status) => {
    const maintenance = { startsInMinutes, lastsMinutes: 30, title: 'New database' };
    const { json } = await ask(emulatorOf({ maintenance }), '/api/v2/summary.json');
    expect(json).toMatchObject({ scheduled_maintenances: status === null ? [] : [{ name: 'New database', status }] });
  });
});
