import { checkedBytes, checkedInstant } from "./arguments.ts";
import type { Core } from "./core.ts";
import type {
  ApplyResult,
  Delta,
  Membership,
  MergeResult,
  TimelineChange,
  TimelineRange,
} from "./delta_types.ts";
import { disposeSymbol } from "./dispose_symbol.ts";
import type { EngineState } from "./engine_state.ts";
import type { ExplainOptions, Explanation } from "./explanation_types.ts";
import { boundedLine, byteChunks, byteLineCount, lineCount, textChunks } from "./line_chunks.ts";
import { messageLine } from "./message_line.ts";
import type { AliasMessage, Message } from "./message_types.ts";
import type { LineNotice } from "./problem_types.ts";
import { CollectedOutcomes, outcomeOf } from "./responses.ts";
import { SegmentError, unknownSegment } from "./segment_error.ts";

/** One message, a list, or NDJSON as text or UTF-8 bytes. */
export type Messages = Message | readonly Message[] | string | Uint8Array;

export interface ApplyOptions {
  /** The clock, in epoch milliseconds (default: the wall clock). It never runs back. */
  now?: number;
}

/**
 * One contact's history and memberships. Made by `engine.contact`.
 *
 * Dispose it when it is no longer needed; a forgotten one is freed some time after it becomes unreachable.
 */
export class Contact {
  /** The id that the contact was opened with. */
  readonly id: string;
  readonly #state: EngineState;
  readonly #handle: number;
  #disposed = false;

  /** @internal */
  constructor(state: EngineState, id: string, snapshot?: Uint8Array) {
    this.id = id;
    this.#state = state;
    this.#handle =
      snapshot === undefined ? state.core.openContact(id) : state.core.openSnapshot(id, snapshot);
    state.watch(this, this.#handle);
  }

  /**
   * Applies messages one by one, after moving the clock to `now`.
   * Refused messages change nothing, and the others are applied.
   *
   * @example
   * const { deltas, refused } = contact.apply({
   *   type: "track",
   *   userId: "u1",
   *   event: "Product Viewed",
   *   messageId: "m1",
   * });
   */
  apply(messages: Messages, options?: ApplyOptions): ApplyResult {
    const core = this.#core();
    const now = options?.now === undefined ? Date.now() : checkedInstant(options.now, "now");
    if (typeof messages === "string") return this.#applyText(core, messages, now);
    if (messages instanceof Uint8Array) return this.#applyBytes(core, messages, now);
    if (Array.isArray(messages)) return this.#applyList(core, messages, now);
    return this.#applyOne(core, messages as Message, now);
  }

  /**
   * Moves the clock to `now` (epoch milliseconds): windows move on, and their changes are told with the exact
   * instant of each. A clock that is ahead stays.
   */
  advanceTo(now: number): Delta[] {
    const core = this.#core();
    core.advanceTo(this.#handle, checkedInstant(now, "now"));
    return core.deltas();
  }

  /**
   * The first instant after the clock at which a membership changes if no message comes (epoch milliseconds).
   * Null when that is more than 400 days ahead or never.
   */
  nextChangeAt(): number | null {
    const instant = this.#core().nextChangeAt(this.#handle);
    return Number.isNaN(instant) ? null : instant;
  }

  /** The segments that the contact is in, by id. */
  memberships(): Membership[] {
    const response = this.#core().memberships(this.#handle);
    return response === undefined ? [] : (JSON.parse(response) as Membership[]);
  }

  /** Whether the contact is in the segment. Throws when no such segment is defined. */
  has(segment: string): boolean {
    const core = this.#core();
    return core.has(this.#handle, this.#segmentIndex(segment));
  }

  /**
   * When the contact entered and left the segment in a range of time, both ends included (epoch milliseconds), oldest
   * first: what the rules in force say of those instants, from the events that the contact has. Attributes, channels
   * and lists count as they are now. It costs about as much as deciding the contact anew.
   *
   * @throws SegmentError `unknown_segment`; `timeline_too_long`, when there are more than 100,000 changes;
   * `explain_unavailable`, with the lean core.
   */
  timeline(segment: string, range: TimelineRange): TimelineChange[] {
    const core = this.#core();
    const index = this.#segmentIndex(segment);
    const from = checkedInstant(range.from, "from");
    const to = checkedInstant(range.to, "to");
    const response = core.timeline(this.#handle, index, from, to);
    if (response !== undefined) return JSON.parse(response) as TimelineChange[];
    throw new SegmentError(
      "timeline_too_long",
      `"${segment}" has more than 100,000 changes in this range. Ask for a shorter one.`,
    );
  }

  /**
   * Why the contact is in the segment at an instant, or is not: the rule as written, and for each condition of it what
   * was found, by which events, what is missing, and when it changes by time alone. It answers what the engine would
   * decide at that instant. Only events are compared with it: attributes, channels, lists and aliases are those of now.
   *
   * Costs some hundred microseconds: for people who ask, not for every message.
   *
   * @throws SegmentError `unknown_segment`; `invalid_argument`, for a language that there is not; `explain_unavailable`,
   * with the lean core.
   *
   * @example
   * const { holds, condition } = contact.explain("high-rollers");
   * if (!holds) console.log(condition.missing);
   */
  explain(segment: string, options?: ExplainOptions): Explanation {
    const core = this.#core();
    const index = this.#segmentIndex(segment);
    const at = options?.at === undefined ? Number.NaN : checkedInstant(options.at, "at");
    const language = options?.language ?? "";
    return JSON.parse(core.explain(this.#handle, index, at, Date.now(), language)) as Explanation;
  }

  /**
   * All that is known of the contact, as bytes for `engine.contact(id, snapshot)`: here or elsewhere, now or later.
   * Equal contacts give equal bytes. The form is described to the byte in docs/snapshot.md. After one more message
   * only what it changed is written anew.
   */
  snapshot(): Uint8Array<ArrayBuffer> {
    return this.#core().snapshot(this.#handle);
  }

  /**
   * Moves the clock to `now`, then takes in what another copy of this contact knows, such as that of another device:
   * the union of the events, and the newest word about everything else. In whatever order copies are merged, and how often,
   * the data are the same.
   * A copy brings data only: neither its clock nor its memberships nor the numbers of its deltas.
   *
   * @example
   * const { deltas } = contact.merge(await storage.read("u1"));
   *
   * @throws SegmentError `other_contact`, when no id is of both; `snapshot_damaged`, `snapshot_version`. Nothing has
   * changed then.
   */
  merge(copy: Contact | Uint8Array, options?: ApplyOptions): MergeResult {
    const now = options?.now === undefined ? Date.now() : checkedInstant(options.now, "now");
    const bytes = copy instanceof Contact ? copy.snapshot() : checkedBytes(copy, "copy");
    const core = this.#core();
    core.merge(this.#handle, bytes, now);
    return { deltas: core.deltas() };
  }

  /**
   * Moves the clock of both to `now`, then takes in an alias that joins this contact with another one of the same
   * engine: the union of both. The deltas are of both, each in its own sequence: the id that is gone leaves its segments.
   * Nothing more can be asked of `other` then; it is disposed.
   *
   * A message that is no alias of an id of one to an id of the other is refused, and both stay as they are.
   *
   * @example
   * const alias = { type: "alias", previousId: "anonymous-7", userId: "u1" } as const;
   * const { deltas } = engine.contact("u1", stored).join(engine.contact("anonymous-7"), alias);
   */
  join(other: Contact, alias: AliasMessage, options?: ApplyOptions): ApplyResult {
    const now = options?.now === undefined ? Date.now() : checkedInstant(options.now, "now");
    if (!(other instanceof Contact) || other === this || other.#state !== this.#state) {
      throw new SegmentError("invalid_argument", "`other` must be another contact of this engine.");
    }
    other.#core();
    const refused: LineNotice[] = [];
    const line = messageLine(alias, 1, refused);
    if (refused.length > 0) return { deltas: [], refused };
    const core = this.#core();
    core.join(this.#handle, other.#handle, boundedLine(line), now);
    const result = outcomeOf(core);
    if (result.refused.length === 0) other.dispose();
    return result;
  }

  /** Frees the contact's memory in the core. Nothing more can be asked of it then. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#state.release(this, this.#handle);
  }

  [disposeSymbol](): void {
    this.dispose();
  }

  #segmentIndex(segment: string): number {
    const index = this.#state.segmentIndex.get(segment);
    if (index === undefined) throw unknownSegment(segment);
    return index;
  }

  #core(): Core {
    if (this.#disposed) {
      throw new SegmentError("disposed", `The contact "${this.id}" was disposed.`);
    }
    return this.#state.core;
  }

  #applyOne(core: Core, message: Message, now: number): ApplyResult {
    const refused: LineNotice[] = [];
    const line = messageLine(message, 1, refused);
    // The empty line of a message that JSON cannot say still moves the clock.
    core.apply(this.#handle, core.writeText(boundedLine(line)), now);
    const result = outcomeOf(core);
    if (refused.length > 0) result.refused = refused;
    return result;
  }

  #applyText(core: Core, text: string, now: number): ApplyResult {
    const write = (chunk: string) => core.writeText(chunk);
    return this.#applyChunks(core, textChunks(text), write, lineCount, now);
  }

  #applyBytes(core: Core, bytes: Uint8Array, now: number): ApplyResult {
    const write = (chunk: Uint8Array) => core.writeBytes(chunk);
    return this.#applyChunks(core, byteChunks(bytes), write, byteLineCount, now);
  }

  #applyList(core: Core, messages: readonly Message[], now: number): ApplyResult {
    const unwritable: LineNotice[] = [];
    let text = "";
    for (let index = 0; index < messages.length; index += 1) {
      text += boundedLine(messageLine(messages[index], index + 1, unwritable));
      text += "\n";
    }
    const result = this.#applyText(core, text, now);
    if (unwritable.length > 0) {
      result.refused = [...result.refused, ...unwritable].sort((a, b) => a.line - b.line);
    }
    return result;
  }

  #applyChunks<Chunk>(
    core: Core,
    chunks: Iterable<Chunk>,
    write: (chunk: Chunk) => number,
    linesOf: (chunk: Chunk) => number,
    now: number,
  ): ApplyResult {
    const collected = new CollectedOutcomes();
    let before: Chunk | undefined;
    try {
      for (const chunk of chunks) {
        // Lines are counted for what comes after them: mostly nothing does.
        if (before !== undefined) collected.lines += linesOf(before);
        before = chunk;
        core.apply(this.#handle, write(chunk), now);
        collected.add(outcomeOf(core));
      }
    } catch (error) {
      throw collected.withWhatIsApplied(error);
    }
    if (before !== undefined) return collected.result;
    // Nothing to apply moves the clock all the same.
    core.apply(this.#handle, 0, now);
    return outcomeOf(core);
  }
}
