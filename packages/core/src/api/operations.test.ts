import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { protocolFacts } from '../../test/samples.js';
import type { Operation } from '../transport/http.js';
import { REST_OPERATIONS, XML_OPERATIONS } from './operations.js';

interface OperationFacts {
  readonly operation: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly idempotent: boolean;
  readonly reads: boolean;
  readonly limitClass: string;
  readonly parts: readonly string[];
}

const FACTS = protocolFacts('operations') as readonly OperationFacts[];
const OPERATIONS: readonly Operation[] = [...XML_OPERATIONS, ...REST_OPERATIONS];

/** Sources that declare calls, with what they say in `@operation` lines and what they really declare. */
const API = fileURLToPath(new URL('.', import.meta.url));
const SOURCES = ['xml', 'rest'].flatMap((folder) =>
  readdirSync(join(API, folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(API, folder, file), 'utf8')),
);

function factsOf(name: string): OperationFacts {
  const found = FACTS.filter(({ operation }) => operation === name);
  const [facts] = found;
  if (facts === undefined || found.length > 1) throw new Error(`operations.json has ${name} ${found.length} times`);
  return facts;
}

describe('operations of core', () => {
  it.each(OPERATIONS)('$name is what the protocol says', (operation) => {
    const facts = factsOf(operation.name);
    expect(facts.parts).toContain('core');
    expect({ idempotent: operation.idempotent, reads: operation.reads, limitClass: operation.limitClass }).toEqual({
      idempotent: facts.idempotent,
      reads: facts.reads,
      limitClass: facts.limitClass,
    });
    if ('path' in operation) expect(operation.path).toBe(facts.path);
  });

  it('are all there, once', () => {
    const expected = FACTS.filter(({ parts }) => parts.includes('core')).map(({ operation }) => operation);
    expect(OPERATIONS.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
  });

  it('never repeats what creates, starts or deletes the newest build', () => {
    const changing = OPERATIONS.filter(({ name }) => /^(?:create|begin|upload|promote)|^deletebuild|^POST/.test(name));
    expect(changing.length).toBeGreaterThanOrEqual(8);
    expect(changing.filter(({ idempotent }) => idempotent)).toEqual([]);
  });

  it('change the platform unless they say that they only read', () => {
    const reading = FACTS.filter(({ reads }) => reads);
    expect(reading.length).toBeGreaterThan(0);
    expect(reading.filter(({ idempotent }) => !idempotent)).toEqual([]);
    expect(reading.filter(({ methods }) => !methods.includes('GET'))).toEqual([]);
    expect(FACTS.filter(({ methods, reads }) => methods.join() === 'GET' && !reads)).toEqual([]);
  });
});

describe('docstrings', () => {
  const lines = SOURCES.flatMap((source) => [...source.matchAll(/@operation (.+)$/gm)].map((match) => match[1] ?? ''));

  it.each(lines)('tell the truth: %s', (line) => {
    const [, method = '', path = '', idempotence = ''] = /^(\w+) (\S+) \((idempotent|not idempotent)\)$/.exec(line) ?? [];
    const facts = FACTS.find((candidate) => candidate.path === path && candidate.methods.includes(method));
    expect({ line, idempotent: facts?.idempotent }).toEqual({ line, idempotent: idempotence === 'idempotent' });
  });

  it('name every call of core', () => {
    const named = lines.map((line) => line.split(' ')[1]);
    const wanted = FACTS.filter(({ parts }) => parts.includes('core')).map(({ path }) => path);
    expect(wanted.filter((path) => !named.includes(path))).toEqual([]);
  });

  it('stand before every public function', () => {
    for (const source of SOURCES) {
      const functions = [...source.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport (?:async )?function (\w+)\(\n? *client: VeracodeClient/g)];
      for (const [, docstring = '', name = ''] of functions) {
        if (docstring.includes('@public')) expect({ name, hasOperation: docstring.includes('@operation') }).toEqual({ name, hasOperation: true });
      }
    }
  });
});
