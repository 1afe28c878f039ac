/** A file of the checkout. */
export interface IndexedFile {
  readonly path: string;
  readonly segments: readonly string[];
}

/** Files by the ends of their paths. */
export interface SuffixIndex {
  /** The ends that a path shares with files, the longest first. */
  ending(segments: readonly string[]): readonly SharedEnd[];
}

/** Files whose last `depth` segments are those of the path that was asked for. */
export interface SharedEnd {
  readonly depth: number;
  /** So many of them at most; those first whose whole path the end is. */
  files(most: number): readonly IndexedFile[];
}

interface Node {
  readonly children: Map<string, Node>;
  readonly files: IndexedFile[];
}

/**
 * Builds an index: a tree of segments from the last to the first, so that a lookup takes as many steps as a path has
 * segments, whatever the size of the checkout.
 *
 * @param keyOf - the segments that a file is found by; null leaves it out
 */
export function createSuffixIndex(files: Iterable<IndexedFile>, keyOf: (file: IndexedFile) => readonly string[] | null): SuffixIndex {
  const root = newNode();
  for (const file of files) {
    let node = root;
    for (const segment of keyOf(file)?.toReversed() ?? []) {
      const child = node.children.get(segment) ?? newNode();
      node.children.set(segment, child);
      node = child;
    }
    if (node !== root) node.files.push(file);
  }
  return {
    ending(segments) {
      const ends: SharedEnd[] = [];
      let node: Node | undefined = root;
      for (const [index, segment] of segments.toReversed().entries()) {
        node = node.children.get(segment);
        if (node === undefined) break;
        const end = node;
        ends.push({ depth: index + 1, files: (most) => below(end, most) });
      }
      return ends.toReversed();
    },
  };
}

/** The first files of a subtree; a folder of any size costs no more than what is taken from it. */
function below(start: Node, most: number): readonly IndexedFile[] {
  const found = start.files.slice(0, most);
  const open = [start.children.values()];
  for (let level = open.at(-1); level !== undefined && found.length < most; level = open.at(-1)) {
    const { value: node, done } = level.next();
    if (done === true) {
      open.pop();
      continue;
    }
    found.push(...node.files.slice(0, most - found.length));
    open.push(node.children.values());
  }
  return found;
}

function newNode(): Node {
  return { children: new Map(), files: [] };
}
