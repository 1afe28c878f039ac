/** What no XML 1.0 document may hold, not even escaped. @see www.w3.org/TR/xml "Characters" */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;
const MARKUP = /[&<>"'\r]/gu;
/** A reader takes line ends and tabs of an attribute for blanks. */
const MARKUP_OF_ATTRIBUTES = /[&<>"'\t\n\r]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Escapes any text for an XML element; characters that XML cannot hold become U+FFFD. Pure. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(MARKUP, entity);
}

/** Escapes any text for an XML attribute; characters that XML cannot hold become U+FFFD. Pure. */
export function escapeXmlAttribute(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(MARKUP_OF_ATTRIBUTES, entity);
}

function entity(character: string): string {
  return ENTITIES[character] ?? `&#${String(character.charCodeAt(0))};`;
}
