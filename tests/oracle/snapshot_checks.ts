import assert from "node:assert/strict";
import type { Delta } from "../../bindings/javascript/delta_types.ts";
import { outcomeOf } from "../../bindings/javascript/responses.ts";
import type { StudioCore } from "../../bindings/javascript/studio_core.ts";
import { type Line, readMessages } from "./messages.ts";

/** The definitions are in force, and the lines are good messages of this contact, each with a timestamp. */
interface OneContact {
  contact: string;
  lines: readonly Line[];
  clock: number;
}

const headerBytes = 24;

/** The part of a snapshot that copies of a contact have in common; docs/snapshot.md. */
function dataOf(snapshot: Uint8Array): Uint8Array {
  const length = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(8, true);
  return snapshot.subarray(headerBytes, headerBytes + length);
}

function apply(core: StudioCore, handle: number, line: Line, now: number): Delta[] {
  const length = typeof line === "string" ? core.writeText(line) : core.writeBytes(line);
  core.apply(handle, length, now);
  return outcomeOf(core).deltas;
}

/** The deltas of a replay, with the contact closed and opened from its snapshot before some of the messages. */
function replayed(core: StudioCore, input: OneContact, isReopened: (index: number) => boolean) {
  let handle = core.openContact(input.contact);
  let now = Number.NEGATIVE_INFINITY;
  const deltas: Delta[] = [];
  const reopen = () => {
    const snapshot = core.snapshot(handle);
    core.closeContact(handle);
    handle = core.openSnapshot(input.contact, snapshot);
    assert.deepEqual(core.snapshot(handle), snapshot, "a snapshot of what was opened is the same");
  };
  input.lines.forEach((line, index) => {
    if (index > 0 && isReopened(index)) reopen();
    now = Math.max(now, readMessages([line]).messages[0]?.time ?? now);
    deltas.push(...apply(core, handle, line, now));
  });
  if (isReopened(input.lines.length)) reopen();
  core.advanceTo(handle, Math.max(now, input.clock));
  deltas.push(...core.deltas());
  const snapshot = core.snapshot(handle);
  core.closeContact(handle);
  return { deltas, snapshot };
}

function copyOf(core: StudioCore, input: OneContact, lines: readonly Line[]): Uint8Array {
  const handle = core.openContact(input.contact);
  for (const line of lines) apply(core, handle, line, input.clock);
  const snapshot = core.snapshot(handle);
  core.closeContact(handle);
  return snapshot;
}

/** Throws when a snapshot in the middle of a replay changes what is told, or partial copies are not the whole. */
export function checkSnapshots(core: StudioCore, input: OneContact): void {
  const plain = replayed(core, input, () => false);
  const reopened = replayed(core, input, (index) => (index * 7 + input.lines.length) % 3 === 0);
  assert.deepEqual(reopened.deltas, plain.deltas, "a snapshot in the middle changes the deltas");
  assert.deepEqual(reopened.snapshot, plain.snapshot);

  const { lines } = input;
  // Events without an id that are alike in all are as many as they are; copies that got them apart cannot know that.
  const known = lines.filter((line) => {
    const [message] = readMessages([line]).messages;
    return message?.kind !== "event" || message.messageId !== undefined;
  });
  const parts = [0, 1, 2].map((device) =>
    copyOf(core, input, known.filter((_, index) => index % 3 !== device).reverse()),
  );
  const whole = dataOf(copyOf(core, input, known));
  for (const order of [
    [0, 1, 2],
    [2, 0, 1, 0],
  ]) {
    const handle = core.openContact(input.contact);
    for (const part of order) core.merge(handle, parts[part] as Uint8Array, input.clock);
    const merged = core.snapshot(handle);
    core.closeContact(handle);
    assert.deepEqual(dataOf(merged), whole, "merged copies are not the whole");
  }
}
