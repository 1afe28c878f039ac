import { describe, expect, it } from '@jest/globals';
import { errorCode, errorMessage } from './error-code.js';
import {
  AbortedError,
  addContext,
  AuthenticationError,
  AuthorizationError,
  ConflictError,
  CredentialError,
  DeadlineError,
  isRefusal,
  isVeracodeError,
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
  type VeracodeError,
} from './errors.js';

describe('errors', () => {
  const errors: readonly [VeracodeError, string, string][] = [
    [new ValidationError([]), 'ValidationError', 'final'],
    [new CredentialError('', { code: 'x' }), 'CredentialError', 'final'],
    [new ConflictError('', { code: 'x' }), 'ConflictError', 'final'],
    [new ConflictError('', { code: 'x', outcome: 'refused' }), 'ConflictError', 'refused'],
    [new RateLimitError('', { code: 'x' }), 'RateLimitError', 'refused'],
    [new ProtocolError('', { code: 'x' }), 'ProtocolError', 'unknown'],
    [new NetworkError('', { code: 'x', outcome: 'not-sent' }), 'NetworkError', 'not-sent'],
    [new ServiceError('', { code: 'x', outcome: 'unknown' }), 'ServiceError', 'unknown'],
    [new AuthenticationError('', { code: 'x' }), 'AuthenticationError', 'final'],
    [new AuthorizationError('', { code: 'x' }), 'AuthorizationError', 'final'],
    [new NotFoundError('', { code: 'x' }), 'NotFoundError', 'final'],
    [new RequestTimeoutError('', { code: 'x' }), 'RequestTimeoutError', 'unknown'],
    [new RefusedError('', { code: 'x', platformText: '' }), 'RefusedError', 'final'],
    [new ScanFailedError('', { code: 'x' }), 'ScanFailedError', 'final'],
    [new DeadlineError('', { code: 'x' }), 'DeadlineError', 'final'],
    [new LocalError('', { code: 'x' }), 'LocalError', 'final'],
    [new AbortedError('', { code: 'x' }), 'AbortedError', 'final'],
  ];
  it.each(errors)('%s has its name and outcome', (error, name, outcome) => {
    expect(error).toMatchObject({ name, outcome });
    expect(isVeracodeError(error)).toBe(true);
  });

  it('tells a refusal of the platform from every other failure', () => {
    expect(errors.map(([error]) => error).filter(isRefusal).map(({ name }) => name)).toEqual(['RefusedError']);
    expect(isRefusal(new Error('x'))).toBe(false);
  });

  it('lists every fault of an input', () => {
    const error = new ValidationError([
      { path: 'files[0]', got: 'nothing', wanted: 'a file' },
      { path: 'timeout', got: '-1', wanted: 'minutes' },
    ]);
    expect(error).toMatchObject({ code: 'invalid-input', message: 'files[0]: got nothing; wanted a file\ntimeout: got -1; wanted minutes' });
  });

  it.each([
    ['another error', new TypeError('x')],
    ['an error of Node', Object.assign(new Error('x'), { code: 'ENOENT' })],
    ['an error that only looks like ours', Object.assign(new Error('x'), { code: 'x', outcome: 'final' })],
    ['no error', { name: 'NetworkError', code: 'x', outcome: 'final' }],
    ['nothing', undefined],
  ])('does not take %s for one of ours', (_name, value) => {
    expect(isVeracodeError(value)).toBe(false);
  });

  it('knows an error of another copy of this module by its name', () => {
    const copy = Object.assign(new Error('x'), { name: 'NetworkError', code: 'x', outcome: 'unknown' });
    expect(isVeracodeError(copy)).toBe(true);
  });

  it('adds facts without overwriting what is known', () => {
    const error = new NetworkError('', { code: 'x', outcome: 'unknown', context: { operation: 'inner' } });
    addContext(error, { operation: 'outer', attempts: 2 });
    expect(error.context).toEqual({ operation: 'inner', attempts: 2 });
  });
});

describe('errorCode and errorMessage', () => {
  it.each([
    ['an error of Node', Object.assign(new Error('m'), { code: 'ENOENT' }), 'ENOENT', 'm'],
    ['a number for a code', { code: 17, message: 'm' }, 'unknown reason', 'm'],
    ['a text', 'thrown', 'unknown reason', 'thrown'],
    ['nothing', null, 'unknown reason', 'null'],
  ])('read %s', (_name, error, code, message) => {
    expect([errorCode(error), errorMessage(error)]).toEqual([code, message]);
  });
});
