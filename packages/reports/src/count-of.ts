/** A number with its noun: `1 finding`, `2 findings`. @param shown - how the number is written */
export function countOf(count: number, noun: string, shown: (count: number) => string = String): string {
  return `${shown(count)} ${noun}${count === 1 ? '' : 's'}`;
}
