/** A binary heap: the smallest comes out first. */
export interface Heap<T> {
  push(item: T): void;
  pop(): T | undefined;
}

/** An empty heap. */
export function createHeap<T>(compare: (a: T, b: T) => number): Heap<T> {
  const items: T[] = [];

  const isBefore = (a: T | undefined, b: T | undefined): boolean => a !== undefined && (b === undefined || compare(a, b) < 0);

  function swap(a: number, b: number): void {
    const [itemA, itemB] = [items[a], items[b]];
    if (itemA === undefined || itemB === undefined) return;
    items[a] = itemB;
    items[b] = itemA;
  }

  return {
    push(item) {
      let index = items.push(item) - 1;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        if (!isBefore(items[index], items[parent])) return;
        swap(index, parent);
        index = parent;
      }
    },
    pop() {
      swap(0, items.length - 1);
      const smallest = items.pop();
      for (let index = 0; ; ) {
        const child = 2 * index + (isBefore(items[2 * index + 2], items[2 * index + 1]) ? 2 : 1);
        if (!isBefore(items[child], items[index])) return smallest;
        swap(index, child);
        index = child;
      }
    },
  };
}
