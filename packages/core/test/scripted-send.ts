import type { Exchange, HttpRequest, HttpResponse, Send } from '../src/transport/http.js';

/** What one attempt of a scripted `next` does: answers, fails, or whatever the function does. */
export type Step = HttpResponse | Error | ((request: HttpRequest) => Promise<HttpResponse>);

/** A scripted `next` and what it was asked. */
export interface ScriptedSend {
  readonly send: Send;
  readonly requests: readonly HttpRequest[];
}

/** Answers each attempt with the next step; the last step stays. */
export function scriptedSend(...steps: readonly Step[]): ScriptedSend {
  const requests: HttpRequest[] = [];
  return {
    requests,
    send: async <T>({ request, decode }: Exchange<T>): Promise<T> => {
      const step = steps[Math.min(requests.length, steps.length - 1)];
      requests.push(request);
      if (step === undefined) throw new Error('the script is empty');
      if (step instanceof Error) throw step;
      return decode(typeof step === 'function' ? await step(request) : step);
    },
  };
}

/** A response with a text body. */
export function answer(status: number, body = '', headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    status,
    headers,
    body: (async function* () {
      if (body !== '') yield Buffer.from(body);
    })(),
  };
}
