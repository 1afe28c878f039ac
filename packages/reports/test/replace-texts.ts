/**
 * Every text of a value becomes another, however deep it lies: also one in a member that comes later. Numbers and the like
 * stay as they are.
 *
 * @param replace - the new text; gets the name of the member that holds the old one, or the list of it
 */
export function replaceTexts<Value>(value: Value, replace: (text: string, name: string) => string): Value {
  const replaced = (part: unknown, name: string): unknown => {
    if (typeof part === 'string') return replace(part, name);
    if (Array.isArray(part)) return part.map((item) => replaced(item, name));
    if (typeof part === 'object' && part !== null) return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, replaced(item, key)]));
    return part;
  };
  return replaced(value, '') as Value;
}
