import {
  AbortedError,
  AuthenticationError,
  AuthorizationError,
  ConflictError,
  CredentialError,
  DeadlineError,
  LocalError,
  NetworkError,
  NotFoundError,
  ProtocolError,
  RateLimitError,
  RefusedError,
  RequestTimeoutError,
  ScanFailedError,
  ServiceError,
  ValidationError,
} from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { EXIT_CODES, exitCodeOf, type ExitCode } from './exit-codes.js';

const code = 'some-reason';

describe('exitCodeOf', () => {
  it.each<[error: unknown, wanted: ExitCode]>([
    [new ValidationError([]), 2],
    [new CredentialError('x', { code }), 3],
    [new AuthenticationError('x', { code }), 3],
    [new AuthorizationError('x', { code }), 3],
    [new NotFoundError('x', { code }), 4],
    [new ConflictError('x', { code }), 4],
    [new RateLimitError('x', { code }), 5],
    [new ServiceError('x', { code, outcome: 'unknown' }), 5],
    [new NetworkError('x', { code, outcome: 'not-sent' }), 5],
    [new RequestTimeoutError('x', { code }), 5],
    [new ProtocolError('x', { code }), 5],
    [new RefusedError('x', { code, platformText: 'No.' }), 4],
    [new ScanFailedError('x', { code }), 6],
    [new DeadlineError('x', { code }), 7],
    [new LocalError('x', { code }), 9],
    [new AbortedError('x', { code }), 130],
    [new TypeError('x is not a function'), 70],
    [Object.assign(new Error('looks like ours'), { name: 'LocalError' }), 70],
    ['a thrown text', 70],
    [undefined, 70],
  ])('%p ends with %p', (error, wanted) => {
    expect(exitCodeOf(error)).toBe(wanted);
  });

  it('knows an error of another copy of core by its name', () => {
    const foreign = Object.assign(new Error('x'), { name: 'ScanFailedError', code, outcome: 'final' });
    expect(exitCodeOf(foreign)).toBe(6);
  });
});

describe('EXIT_CODES', () => {
  it('is the released contract', () => {
    expect(Object.keys(EXIT_CODES)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '70', '130']);
  });
});
