import { createRedactor, NetworkError, Secret, ValidationError } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { cancelled, describeFailure } from './describe-failure.js';

const KEY = 'c0ffee'.repeat(22);
const redact = createRedactor([new Secret(KEY)]);

describe('describeFailure', () => {
  it('tells what happened, what was tried and what to do next', () => {
    const error = new NetworkError('No connection.', {
      code: 'refused',
      outcome: 'not-sent',
      advice: 'Check the proxy.',
      context: { operation: 'createbuild.do', method: 'POST', status: 503, attempts: 6, conversationId: 'abc' },
    });
    expect(describeFailure(error, redact)).toEqual({
      exitCode: 5,
      failure: {
        code: 'refused',
        message: 'No connection.',
        advice: 'Check the proxy.',
        issues: [],
        tried: 'createbuild.do, status 503, 6 attempts, conversation id abc',
        stack: null,
      },
    });
  });

  it('lists the faults of an input', () => {
    const issues = [{ path: 'app', got: 'nothing', wanted: 'a name' }];
    expect(describeFailure(new ValidationError(issues), redact)).toMatchObject({ exitCode: 2, failure: { issues, tried: null } });
  });

  it.each([
    ['an error', new TypeError(`Cannot read ${KEY}`), 'TypeError: Cannot read [redacted]'],
    ['a text', `broken ${KEY}`, 'broken [redacted]'],
    ['nothing', undefined, 'undefined'],
  ])('takes %s for our own bug, with its stack and without secrets', (_name, error, message) => {
    const described = describeFailure(error, redact);
    expect(described).toMatchObject({ exitCode: 70, failure: { code: 'internal-error', message, advice: expect.stringContaining('report') } });
    expect(JSON.stringify(described)).not.toContain(KEY);
    expect(described.failure.stack).toContain(message);
  });

  it('keeps secrets out of everything that an error carries', () => {
    const error = new ValidationError([{ path: 'x', got: KEY, wanted: KEY.toUpperCase() }], { advice: `Not ${Buffer.from(KEY).toString('base64')}` });
    expect(JSON.stringify(describeFailure(error, redact)).toLowerCase()).not.toMatch(/c0ffeec0ffee|yzbmzmvl/u);
  });

  it('names the signal that cancelled a run', () => {
    expect(describeFailure(cancelled('SIGTERM'), redact)).toMatchObject({ exitCode: 130, failure: { message: 'The run was cancelled (SIGTERM).' } });
    expect(cancelled(new Error('x')).message).toBe('The run was cancelled.');
  });
});
