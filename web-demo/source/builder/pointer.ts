/**
 * Edits of a JSON value by JSON Pointer. What is not on the way to the place stays the same object, and what is on the
 * way keeps its key (`nodeKey`), so that the editors of both stay as they are: with their focus and their caret.
 */

type Container = Readonly<Record<string, unknown>> | readonly unknown[];

const keys = new WeakMap<object, string>();
let lastKey = 0;

/** The same for an object and what edits make of it. */
export function nodeKey(node: unknown): string {
  if (!isContainer(node)) return "value";
  let key = keys.get(node);
  if (key === undefined) {
    lastKey += 1;
    key = `node-${lastKey}`;
    keys.set(node, key);
  }
  return key;
}

function inheritKey(from: object, to: object): void {
  keys.set(to, nodeKey(from));
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

export function partsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function pointerTo(...parts: readonly (string | number)[]): string {
  return parts
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** The place of the container, and where in it. */
export function splitPointer(pointer: string): { parent: string; name: string } {
  const parts = partsOf(pointer);
  const name = parts.pop() ?? "";
  return { parent: pointerTo(...parts), name };
}

export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const part of partsOf(pointer)) {
    if (!isContainer(value)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** With another value at a place; undefined takes the member out. */
export function withValueAt<Root>(root: Root, pointer: string, value: unknown): Root {
  return changed(root, partsOf(pointer), value) as Root;
}

function changed(node: unknown, parts: readonly string[], value: unknown): unknown {
  const [name, ...rest] = parts;
  if (name === undefined) {
    if (isContainer(node) && isContainer(value) && !keys.has(value)) inheritKey(node, value);
    return value;
  }
  if (Array.isArray(node)) {
    const copy = [...node];
    const index = Number(name);
    if (rest.length === 0 && value === undefined) copy.splice(index, 1);
    else copy[index] = changed(copy[index], rest, value);
    inheritKey(node, copy);
    return copy;
  }
  if (!isContainer(node)) return node;
  const before = (node as Record<string, unknown>)[name];
  const after = changed(before, rest, value);
  const copy: Record<string, unknown> = { ...node, [name]: after };
  if (after === undefined) delete copy[name];
  inheritKey(node, copy);
  return copy;
}

/** With one more element in a list. */
export function withInserted<Root>(root: Root, list: string, index: number, value: unknown): Root {
  const elements = valueAt(root, list);
  if (!Array.isArray(elements)) return root;
  const copy = [...elements];
  copy.splice(index, 0, value);
  return withValueAt(root, list, copy);
}

/** With members added, replaced or (undefined) taken out. */
export function withMembers<Node extends object>(
  node: Node,
  members: Readonly<Record<string, unknown>>,
): Node {
  const copy: Record<string, unknown> = { ...node, ...members };
  for (const [name, value] of Object.entries(members)) if (value === undefined) delete copy[name];
  inheritKey(node, copy);
  return copy as Node;
}
