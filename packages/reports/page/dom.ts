type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** An element. Text gets in as text: nothing of this page is made from markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    made.setAttribute(attribute, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button that does something. */
export function button(label: string, attributes: Attributes, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

/** A link that leaves the page, to an address that we made. */
export function outwardLink(address: string, text: string): HTMLAnchorElement {
  return element('a', { href: address, rel: 'noreferrer noopener' }, text);
}

/** Texts of rows are cut: a name of 100 kB would be laid out for nothing. */
export function cut(text: string, length = 300): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
