import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { protocolFacts, xmlSample } from '../../test/samples.js';
import { isVeracodeError } from '../kernel/errors.js';
import { createReportCheck } from './report-check.js';
import { decodeAnswer, type XmlDocument } from './xml-answer.js';

const ANY: XmlDocument<string> = { roots: ['applist', 'buildlist'], decode: (root) => root.name };
const APPLIST = xmlSample('applist.server');

function decode(bytes: Uint8Array | string): string {
  return decodeAnswer(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, 'getapplist.do', ANY);
}

/** The other reader: in parts of seven bytes, so that every boundary falls inside of something. */
function stream(bytes: Uint8Array | string): void {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const check = createReportCheck('getapplist.do', 'applist');
  for (let start = 0; start < all.byteLength; start += 7) check.write(all.subarray(start, start + 7));
  check.end();
}

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

const READERS = [
  ['whole', decode],
  ['as a stream', stream],
] as const;

describe.each(READERS)('an answer read %s', (_name, read) => {
  const NS = 'https://analysiscenter.veracode.com/schema/2.0/applist';

  it.each([
    ['our sample', APPLIST],
    ['no namespace', '<applist/>'],
    ['an older schema', '<applist xmlns="https://analysiscenter.veracode.com/schema/1.0/applist"/>'],
    ['another region', '<applist xmlns="https://analysiscenter.veracode.eu/schema/2.0/applist"/>'],
    ['a prefix', `<v:applist xmlns:v="${NS}"/>`],
    ['a namespace in references', `<applist xmlns="${NS.replaceAll('/', '&#x2f;')}"/>`],
    ['a byte-order mark', `\ufeff<?xml version="1.0" encoding="UTF-8"?><applist/>`],
    ['comments around the root', '<!-- a --><applist/><!-- b > c -->'],
  ])('is taken: %s', (_case, bytes) => {
    expect(failureOf(() => read(bytes))).not.toBeInstanceOf(Error);
  });

  it.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'empty-answer'],
    ['blanks', ' \n\t ', 'empty-answer'],
    ['a page', '<!DOCTYPE html><html><head><title>Log in</title></head><body><br></body></html>', 'html-answer'],
    ['a page without document type', '<html lang=en><body>Maintenance</body>', 'html-answer'],
    ['a page that is well-formed', '<HTML><body/></HTML>', 'html-answer'],
    ['JSON', '{"error":"x"}', 'malformed-xml'],
    ['text', 'Service unavailable', 'malformed-xml'],
    ['another document', '<buildinfo xmlns="https://analysiscenter.veracode.com/schema/4.0/buildinfo"/>', 'unexpected-document'],
    ['a stranger with our name', '<applist xmlns="https://evil.example/schema/2.0/applist"/>', 'unexpected-document'],
    ['a stranger below our name', '<applist xmlns="https://veracode.com.evil.example/schema/x"/>', 'unexpected-document'],
    ['two roots', '<applist/><applist/>', 'malformed-xml'],
    ['text behind the root', '<applist/>x', 'malformed-xml'],
    ['an unclosed tag', '<applist><app></applist>', 'malformed-xml'],
    ['an attribute twice', '<applist a="1" a="2"/>', 'malformed-xml'],
    ['an attribute without value', '<applist a/>', 'malformed-xml'],
    ['a bracket in a value', '<applist a="<"/>', 'malformed-xml'],
    ['an unknown entity', '<applist a="&nbsp;"/>', 'malformed-xml'],
    ['a bare ampersand', '<applist a="a & b"/>', 'malformed-xml'],
    ['a reference to a forbidden character', '<applist a="&#x0;"/>', 'malformed-xml'],
    ['a reference to half a character', '<applist a="&#xd800;"/>', 'malformed-xml'],
    ['a reference beyond Unicode', '<applist a="&#x110000;"/>', 'malformed-xml'],
    ['a huge reference', `<applist a="&#${'9'.repeat(500)};"/>`, 'malformed-xml'],
    ['NUL bytes', '<applist a="\0"/>', 'malformed-xml'],
    ['other control characters', '<applist>\u0001</applist>', 'malformed-xml'],
    ['a character that is none', '<applist>\uffff</applist>', 'malformed-xml'],
    ['a document type', '<!DOCTYPE applist><applist/>', 'unsupported-xml'],
    ['an entity bomb', `<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "${'&a;'.repeat(1000)}">]><applist a="&b;"/>`, 'unsupported-xml'],
    ['an external entity', '<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]><applist a="&x;"/>', 'unsupported-xml'],
    ['a stray declaration', '<applist><!ENTITY x "y"></applist>', 'malformed-xml'],
    ['processing instructions', '<applist><?php echo 1 ?></applist>', 'unsupported-xml'],
    ['UTF-16 with a mark', Buffer.from('\ufeff<applist/>', 'utf16le'), 'unsupported-xml'],
    ['UTF-16 without a mark', Buffer.from('<applist/>', 'utf16le'), 'unsupported-xml'],
    ['another encoding', '<?xml version="1.0" encoding="EBCDIC-US"?><applist/>', 'unsupported-xml'],
    ['bytes that are not UTF-8', Buffer.from([...Buffer.from('<applist a="'), 0xe9, ...Buffer.from('"/>')]), 'unsupported-xml'],
    ['a byte of UTF-8 missing at the end', Buffer.concat([Buffer.from('<applist/>'), Buffer.from([0xc3])]), 'unsupported-xml'],
    ['elements 10,000 deep', `<applist>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</applist>`, 'answer-too-large'],
    ['an endless nest', '<applist>'.repeat(100_000), 'answer-too-large'],
    ['300 attributes', `<applist ${Array.from({ length: 300 }, (_, index) => `a${index}="1"`).join(' ')}/>`, 'answer-too-large'],
  ])('is refused: %s', (_case, bytes, code) => {
    expect(failureOf(() => read(bytes))).toMatchObject({
      name: 'ProtocolError',
      code,
      outcome: 'unknown',
      context: { operation: 'getapplist.do' },
      message: expect.stringMatching(/^getapplist\.do was answered with [^\n\0]{1,120}\.$/),
    });
  });

  it.each(Array.from({ length: 10 }, (_, index) => index / 10))('is refused when cut at %f', (share) => {
    const cut = APPLIST.subarray(0, Math.floor(APPLIST.length * share));
    expect(failureOf(() => read(cut))).toMatchObject({ name: 'ProtocolError', code: share === 0 ? 'empty-answer' : 'malformed-xml' });
  });

  const errors = (protocolFacts('errors') as { xml: readonly { text: string; match: string; error: string }[] }).xml;
  it.each(errors)('is refused by the platform: $text', ({ text, match, error }) => {
    const encoded = text.replace(/[^\w ]/g, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`);
    const failure = failureOf(() => read(`<?xml version="1.0" encoding="UTF-8"?>\n\n<error>${encoded}</error>\n`));
    expect(failure).toMatchObject({ name: error, outcome: 'final', message: expect.stringContaining(match), context: { operation: 'getapplist.do' } });
    if (error === 'RefusedError') expect(failure).toMatchObject({ platformText: text });
  });

  it('shows only one line of a refusal, shortened and without control characters and signatures', () => {
    const failure = failureOf(() => read(`<error>a&#x9b;31m\u2028b<![CDATA[ <c>\n]]>${'0f'.repeat(32)} ${'x'.repeat(5000)}</error>`));
    expect(failure).toMatchObject({ name: 'RefusedError', platformText: `a 31m b <c> [redacted] ${'x'.repeat(477)}…` });
  });

  it('does not take a cut refusal for one', () => {
    expect(failureOf(() => read('<error>Access den'))).toMatchObject({ name: 'ProtocolError', code: 'malformed-xml' });
  });

  it('quotes no name that could harm a terminal', () => {
    const failure = failureOf(() => read(`<${'ä'.repeat(100)}/>`));
    expect(failure).toMatchObject({ message: `getapplist.do was answered with a <${'?'.repeat(40)}> document instead of <applist>${read === decode ? ' or <buildlist>' : ''}.` });
  });

  it('never fails in another way, whatever is broken', () => {
    const edit = fc.record({ at: fc.nat(APPLIST.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        const bytes = Buffer.from(APPLIST);
        for (const { at, byte } of edits) bytes[at] = byte;
        const failure = failureOf(() => read(bytes));
        expect(failure instanceof Error && !isVeracodeError(failure)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('names of prototypes', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s is harmless', (name) => {
    const failures = [`<applist ${name}="x"/>`, `<applist><${name}/></applist>`].map((text) => failureOf(() => decode(text)));
    for (const failure of failures) expect(failure instanceof Error ? failure.name : failure).toMatch(/^(?:ProtocolError|applist)$/);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
