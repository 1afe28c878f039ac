import { describe, expect, it } from '@jest/globals';
import { startInProcess, type InProcess, type Request } from '../../test/in-process.js';
import { bodyOf } from '../../test/rehearsal.js';
import type { JournalEntry } from '../journal/journal.js';
import type { PlatformSnapshot } from '../platform/snapshot.js';

const unsigned = { authorization: null, host: '127.0.0.1' };

function json(value: unknown, method = 'POST'): Request {
  return { ...unsigned, method, body: bodyOf(typeof value === 'string' ? value : JSON.stringify(value)), headers: { 'content-type': 'application/json' } };
}

async function control<T>({ ask }: InProcess, name: string, request: Request = unsigned): Promise<T> {
  const reply = await ask(`/__emulator/${name}`, request);
  expect(reply.status).toBe(200);
  return JSON.parse(reply.text) as T;
}

describe('/__emulator/', () => {
  it('journal has the requests, from a sequence number on if wanted, and not itself', async () => {
    const started = startInProcess();
    await started.ask('/api/5.0/getapplist.do');
    await started.ask('/api/5.0/getpolicylist.do');
    const all = await control<{ entries: JournalEntry[] }>(started, 'journal');
    expect(all.entries).toEqual(started.emulator.journal());
    const later = await control<{ entries: JournalEntry[] }>(started, 'journal?after=1');
    expect(later.entries.map(({ operation }) => operation)).toEqual(['getpolicylist.do']);
  });

  it('state is the truth', async () => {
    const started = startInProcess({ scenario: { applications: [{ name: 'Web shop' }] } });
    const state = await control<PlatformSnapshot>(started, 'state');
    expect(state).toEqual(started.emulator.snapshot());
  });

  it('clock tells the time and moves it forward', async () => {
    const started = startInProcess();
    const before = await control<{ wallMs: number; emulatedMs: number }>(started, 'clock');
    const after = await control<{ wallMs: number; emulatedMs: number }>(started, 'clock', json({ advanceMs: 60_000 }));
    expect(after).toEqual({ wallMs: before.wallMs, emulatedMs: before.emulatedMs + 60_000 });
    expect(started.emulator.clock.emulatedMs()).toBe(after.emulatedMs);
  });

  it('reset goes back to the scenario: platform, journal, faults and nonces, not the credentials', async () => {
    const fault = { operation: '*', kind: 'delay:0', nth: 9, count: 1 };
    const started = startInProcess({ scenario: { applications: [{ name: 'Web shop' }], faults: [fault] } });
    const { apiId } = started.emulator;
    await started.ask('/api/5.0/createapp.do', { form: 'app_name=Second&business_criticality=High' });
    await control(started, 'faults', json({ operation: '*', kind: 'stall' }));
    await control(started, 'reset', { ...unsigned, method: 'POST' });
    expect(started.emulator.snapshot().applications.map(({ name }) => name)).toEqual(['Web shop']);
    expect(started.emulator.journal()).toEqual([]);
    expect(started.emulator.faults.list()).toEqual([{ ...fault, seen: 0, met: 0 }]);
    expect(started.emulator.apiId).toBe(apiId);
    expect((await started.ask('/api/5.0/getapplist.do')).status).toBe(200);
  });

  it('faults sets one or several, lists and clears them', async () => {
    const started = startInProcess();
    const one = { operation: 'getapplist.do', kind: 'status:503' };
    await control(started, 'faults', json(one));
    const set = await control<{ faults: object[] }>(started, 'faults', json([one, { ...one, nth: 2, count: 'all' }]));
    expect(set.faults).toHaveLength(3);
    await started.ask('/api/5.0/getapplist.do');
    const listed = await control<{ faults: object[] }>(started, 'faults');
    expect(listed.faults).toEqual([
      { ...one, nth: 1, count: 1, seen: 1, met: 1 },
      { ...one, nth: 1, count: 1, seen: 1, met: 1 },
      { ...one, nth: 2, count: 'all', seen: 1, met: 0 },
    ]);
    expect(await control(started, 'faults', { ...unsigned, method: 'DELETE' })).toEqual({ faults: [] });
  });

  it.each<[string, string, Request, number, string]>([
    ['an unknown call', 'jurnal', unsigned, 404, 'Did you mean "journal"? Known are: journal, state, clock, reset, faults.'],
    ['another method', 'reset', unsigned, 405, '/__emulator/reset takes POST, not GET.'],
    ['an unknown parameter', 'journal?aftr=1', unsigned, 400, 'does not know "aftr". Did you mean "after"?'],
    ['a wrong parameter', 'journal?after=x', unsigned, 400, '"after" must be the sequence number of an entry, not "x".'],
    ['a wrong body', 'clock', json({ advance: 1 }), 400, 'advanceMs: got nothing; wanted a value of type number'],
    ['a clock turned back', 'clock', json({ advanceMs: -1 }), 400, 'advanceMs: got -1; wanted at least 0'],
    ['no body', 'clock', { ...unsigned, method: 'POST' }, 400, 'The body must be like {"advanceMs": 60000}'],
    ['a body where none belongs', 'reset', json({ hard: true }), 400, 'This call takes no body.'],
    ['a body that is not JSON', 'clock', json('{"advanceMs":'), 400, 'The body is not JSON.'],
    ['another type of body', 'clock', { ...json({ advanceMs: 1 }), headers: { 'content-type': 'text/plain' } }, 415, 'with Content-Type: application/json'],
    ['a wrong kind of fault', 'faults', json({ operation: '*', kind: 'reset-befor' }), 400, 'The nearest is reset-before'],
    ['a fault of an unknown operation', 'faults', json({ operation: 'createbild.do', kind: 'stall' }), 400, 'Did you mean "createbuild.do"?'],
    ['no fault at all', 'faults', json('[3]'), 400, '[0]: got 3'],
    ['the name of a platform host', 'state', { ...unsigned, host: 'api.veracode.com' }, 403, 'The control interface answers under localhost, 127.0.0.1, [::1] only'],
  ])('refuses %s, and the journal says so', async (_, target, request, status, reason) => {
    const { emulator, ask } = startInProcess();
    const reply = await ask(`/__emulator/${target}`, request);
    expect(reply.status).toBe(status);
    expect((JSON.parse(reply.text) as { error: string }).error).toContain(reason);
    expect(emulator.journal()).toEqual([expect.objectContaining({ status, refusal: expect.stringContaining(reason), acted: false })]);
    expect(emulator.faults.list()).toEqual([]);
  });
});
