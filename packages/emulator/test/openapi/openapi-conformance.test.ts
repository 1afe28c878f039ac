import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createPlatform } from '../../src/platform/create-platform.js';
import { createRoutes } from '../../src/routes/routes.js';
import { createScenario } from '../../src/scenarios/scenario.js';
import { withFacts } from '../facts.js';
import { startInProcess } from '../in-process.js';
import { createHandClock, noCredentials } from '../rehearsal.js';
import { deviations } from './deviations.js';
import { examples, exampleScenario, requestOf, type Example } from './examples.js';
import { operationKey, readSpecification, type Specification, type SpecifiedOperation } from './specification.js';

withFacts('answers of the emulator against the OpenAPI files', (samples) => {
  const folder = join(samples, 'rest', 'openapi');
  const specifications = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => readSpecification(folder, file));
  const platform = createPlatform({ clock: createHandClock(), scenario: createScenario({}) });
  const emulated = createRoutes({ platform, credentials: noCredentials }).map(({ operation }) => operation);
  const described = emulated.filter((operation) => specified(operation) !== undefined);

  function specified(operation: string): { readonly specification: Specification; readonly operation: SpecifiedOperation } | undefined {
    const specification = specifications.find((candidate) => candidate.operation(operationKey(operation)) !== undefined);
    const found = specification?.operation(operationKey(operation));
    return specification === undefined || found === undefined ? undefined : { specification, operation: found };
  }

  /** Keys of what an answer has and its file does not allow. */
  function judge(operation: string, status: number, body: string): string[] {
    const found = specified(operation);
    return (found?.operation.deviations(status, body) ?? []).map((text) => `${found?.specification.file ?? ''} ${text}`);
  }

  const listed = deviations.map(({ file, deviation }) => `${file} ${deviation}`);

  describe('answers of the emulator against the OpenAPI files', () => {
    const met = new Set<string>();
    let checked = 0;

    it('every emulated operation that a file describes has an example', () => {
      expect(described.length).toBeGreaterThan(10);
      expect(Object.keys(examples).toSorted()).toEqual(described.toSorted());
    });

    it.each(Object.entries(examples).flatMap(([operation, list]) => list.map((example): [string, string, Example] => [operation, JSON.stringify(example), example])))(
      '%s %s',
      async (operation, _, example) => {
        const started = startInProcess({ scenario: exampleScenario });
        const { target, request } = requestOf(started, operation, example);
        const reply = await started.ask(target, request);
        expect({ status: reply.status, text: reply.text }).toEqual({ status: example.status, text: expect.any(String) });
        const found = judge(operation, reply.status, reply.text);
        checked += 1;
        found.forEach((deviation) => met.add(deviation));
        expect(found.filter((deviation) => !listed.includes(deviation))).toEqual([]);
      },
    );

    it.each(described.flatMap((operation) => [[operation, 'without a signature'], [operation, 'without a role']]))('%s %s', async (operation = '', lack) => {
      const accounts = lack === 'without a role' ? { accounts: [{ roles: [] }] } : {};
      const started = startInProcess({ scenario: { ...exampleScenario, ...accounts } });
      const [example = { status: 200 }] = examples[operation] ?? [];
      const { target, request } = requestOf(started, operation, example);
      const reply = await started.ask(target, lack === 'without a role' ? request : { ...request, authorization: null });
      // Whoever has an account may ask for its health; what an account does not see does not exist for it.
      const wanted = operation === 'GET /healthcheck/status' ? [200] : [403, 404];
      expect(lack === 'without a signature' ? [401] : wanted).toContain(reply.status);
      const found = judge(operation, reply.status, reply.text);
      checked += 1;
      found.forEach((deviation) => met.add(deviation));
      expect(found.filter((deviation) => !listed.includes(deviation))).toEqual([]);
    });

    it('custom fields, which no path describes, are as their definition says', async () => {
      const file = specifications.find((candidate) => candidate.file === 'applications.json');
      const { status, text } = await startInProcess({ scenario: exampleScenario }).ask('/appsec/v1/custom_fields?size=3');
      const answer = JSON.parse(text) as { readonly _embedded: { readonly app_custom_field_names: readonly object[] }; readonly page: object };
      expect({ status, fields: answer._embedded.app_custom_field_names.length }).toEqual({ status: 200, fields: 3 });
      expect(answer._embedded.app_custom_field_names.flatMap((field) => file?.deviationsFrom('AppCustomFieldName', field))).toEqual([]);
      expect(file?.deviationsFrom('PageMetadata', answer.page)).toEqual([]);
      expect(file?.deviationsFrom('AppCustomFieldName', { name: 7, colour: 'red' })).toHaveLength(2);
    });

    it('no deviation is listed that does not occur any more', () => {
      expect(listed.filter((deviation) => !met.has(deviation))).toEqual([]);
      const by = (wanted: string): string => `${String(deviations.filter(({ evidence }) => evidence === wanted).length)} ${wanted}`;
      const figures = `${checked} answers of ${described.length} operations checked, ${listed.length} deviations listed`;
      process.stderr.write(`OpenAPI: ${figures}: ${['recorded', 'sibling', 'client'].map(by).join(', ')}\n`);
    });
  });

  describe('listed deviations', () => {
    it.each(deviations.map((row): [string, (typeof deviations)[number]] => [`${row.file} ${row.deviation}`, row]))('%s: a sample shows it', (key, { evidence, shownBy }) => {
      const body = readFileSync(join(samples, 'rest', shownBy.sample), 'utf8');
      expect(judge(shownBy.operation, 200, body)).toContain(shownBy.deviation);
      expect(shownBy.sample.startsWith('constructed/')).toBe(evidence === 'client');
      if (evidence === 'sibling') expect(shownBy.deviation.split(': ')[1]).toBe(key.split(': ')[1]);
      else expect(shownBy.deviation).toBe(key);
    });
  });
});
