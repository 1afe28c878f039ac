import type { WritablePair } from '@verapipe/core';

/** In which form a pair is handed over. */
export type Payload = 'dotenv' | 'json' | 'key';

/** The text that a descriptor, a command or stdout gets. Pure. */
export function renderPayload({ apiId, apiSecret }: WritablePair, form: Payload): string {
  const key = apiSecret.reveal();
  switch (form) {
    case 'dotenv':
      return `VERACODE_API_KEY_ID=${apiId}\nVERACODE_API_KEY_SECRET=${key}\n`;
    case 'json':
      return `${JSON.stringify({ VERACODE_API_KEY_ID: apiId, VERACODE_API_KEY_SECRET: key })}\n`;
    case 'key':
      return key;
  }
}
