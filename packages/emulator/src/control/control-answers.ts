import type { EmulatedResponse } from '../exchange.js';

/** A control request that cannot be carried out. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function controlJson(value: unknown, status = 200): EmulatedResponse {
  const headers = { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store' };
  return { status, headers, body: Buffer.from(`${JSON.stringify(value)}\n`) };
}
