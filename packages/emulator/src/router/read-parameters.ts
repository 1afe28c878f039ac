import type { EmulatedRequest, Route } from '../exchange.js';
import { readSmallBody } from '../request-body.js';
import { FormTextError, parseFormText } from './form-text.js';

/** Parameters of a request, or what is wrong with them. */
export type ParametersOutcome =
  | { readonly parameters: ReadonlyMap<string, string> }
  | { readonly status: number; readonly problem: string };

const formType = 'application/x-www-form-urlencoded';
const largestFormBytes = 1024 * 1024;

/** Query and form body together; where both have a name, the query's value counts. */
export async function readCallParameters(
  route: Route,
  request: Pick<EmulatedRequest, 'target' | 'headers' | 'body'>,
): Promise<ParametersOutcome> {
  try {
    const fromQuery = parseFormText(queryOf(request.target));
    const form = isForm(route, request) ? await readSmallBody(request.body, largestFormBytes) : Buffer.alloc(0);
    if (form === undefined) {
      return { status: 413, problem: `The form is larger than ${largestFormBytes} bytes.` };
    }
    return { parameters: new Map([...parseFormText(form.toString('latin1')), ...fromQuery]) };
  } catch (error) {
    if (error instanceof FormTextError) {
      return { status: 400, problem: error.message };
    }
    throw error;
  }
}

/** The part behind the question mark. */
export function queryOf(target: string): string {
  const at = target.indexOf('?');
  return at === -1 ? '' : target.slice(at + 1);
}

function isForm(route: Route, { headers }: Pick<EmulatedRequest, 'headers'>): boolean {
  const type = (headers['content-type'] ?? '').split(';')[0] ?? '';
  return route.body !== 'file' && type.trim().toLowerCase() === formType;
}
