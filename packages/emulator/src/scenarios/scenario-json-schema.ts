import { z } from 'zod';
import { scenarioSchema } from './scenario.js';

/** The JSON Schema of scenario files, as published in `scenario.schema.json`. @public */
export function scenarioJsonSchema(): object {
  return {
    title: 'Scenario of the Veracode platform emulator',
    ...z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-2020-12' }),
  };
}
