import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { changeInstants } from "./change_instants.ts";
import { readDefinitions } from "./definitions.ts";
import { contactsAfter, membershipsAt } from "./evaluate.ts";
import { Random } from "./generator/random.ts";
import { readMessages } from "./messages.ts";
import { nextChangeAt } from "./next_change.ts";
import { replay } from "./replay.ts";
import { at, identify, segment, track } from "./small_worlds.ts";
import { transitionsBetween } from "./time_zones.ts";

const play = (definitions: object[], lines: string[], until?: string) =>
  replay({
    definitions,
    lines,
    until: until === undefined ? undefined : at(until),
    source: "replay",
    epoch: "0",
    verify: true,
  }).deltas;

const brief = (definitions: object[], lines: string[], until?: string) =>
  play(definitions, lines, until).map(
    (delta) =>
      `${delta.at} ${delta.contact}#${delta.sequence} ${delta.change} ${delta.segment} ${delta.cause}`,
  );

describe("replay", () => {
  const lastHour = segment({ kind: "event", event: "X", window: { last: { hours: 1 } } });

  test("a delta in full", () => {
    const lines = [
      JSON.stringify({
        type: "track",
        userId: "u",
        event: "X",
        messageId: "m1",
        timestamp: "2026-01-01T10:00:00Z",
      }),
    ];
    const [entered, exited] = play(
      [{ ...lastHour, name: "Not hashed" }],
      lines,
      "2026-01-02T00:00:00Z",
    );
    const definition = entered?.definition;
    assert.match(definition ?? "", /^[0-9a-f]{16}$/);
    assert.deepEqual(entered, {
      id: "replay:0:u:1",
      source: "replay",
      epoch: "0",
      contact: "u",
      sequence: 1,
      segment: "s",
      definition,
      change: "entered",
      at: "2026-01-01T10:00:00.000Z",
      decidedAt: "2026-01-01T10:00:00.000Z",
      cause: "message",
      messageId: "m1",
    });
    assert.deepEqual(exited, {
      id: "replay:0:u:2",
      source: "replay",
      epoch: "0",
      contact: "u",
      sequence: 2,
      segment: "s",
      definition,
      change: "exited",
      at: "2026-01-01T11:00:00.000Z",
      decidedAt: "2026-01-02T00:00:00.000Z",
      cause: "time",
    });
  });

  test("the clock moves first, up to and at the message; late messages change now", () => {
    const lines = [
      track("2026-01-01T10:00:00Z"),
      // The window of the first moves on at this very instant, then the second comes.
      track("2026-01-01T11:00:00Z"),
      track("2026-01-01T10:59:00Z"),
    ];
    assert.deepEqual(brief([lastHour], lines), [
      "2026-01-01T10:00:00.000Z u#1 entered s message",
      "2026-01-01T11:00:00.000Z u#2 exited s time",
      "2026-01-01T11:00:00.000Z u#3 entered s message",
    ]);
  });

  test("a future event counts by itself when its time comes", () => {
    const lines = [identify("2026-01-01T00:00:00Z", {}), track("2026-01-03T00:00:00Z")];
    const undated = JSON.stringify({ type: "identify", userId: "u" });
    assert.deepEqual(brief([lastHour], [...lines, undated], "2026-01-02T00:00:00Z"), []);
    const future = segment({ kind: "event", event: "X", window: { last: { days: 1 } } });
    assert.deepEqual(brief([future], lines, "2026-01-05T00:00:00Z"), [
      "2026-01-03T00:00:00.000Z u#1 entered s message",
      "2026-01-04T00:00:00.000Z u#2 exited s time",
    ]);
  });

  test("last month is entered again and again with nobody touching the contact", () => {
    const month = segment({ kind: "event", event: "X", window: { last: { months: 1 } } });
    const deltas = brief([month], [track("2026-02-28T12:00:00Z")], "2026-05-01T00:00:00Z");
    assert.deepEqual(deltas, [
      "2026-02-28T12:00:00.000Z u#1 entered s message",
      "2026-03-28T12:00:00.000Z u#2 exited s time",
      "2026-03-29T00:00:00.000Z u#3 entered s time",
      "2026-03-29T12:00:00.000Z u#4 exited s time",
      "2026-03-30T00:00:00.000Z u#5 entered s time",
      "2026-03-30T12:00:00.000Z u#6 exited s time",
      "2026-03-31T00:00:00.000Z u#7 entered s time",
      "2026-03-31T12:00:00.000Z u#8 exited s time",
    ]);
  });

  test("an alias: the id that is gone leaves, the other takes the difference", () => {
    const any = (id: string, event: string) => segment({ kind: "event", event }, { id });
    const seen = (userId: string, event: string) =>
      JSON.stringify({ type: "track", userId, event, timestamp: 1000 });
    const alias = JSON.stringify({
      type: "alias",
      previousId: "z",
      userId: "a",
      timestamp: 2000,
      messageId: "m",
    });
    const definitions = [any("one", "One"), any("two", "Two")];
    const lines = [seen("z", "One"), seen("z", "Two"), seen("a", "Two"), alias];
    assert.deepEqual(brief(definitions, lines), [
      "1970-01-01T00:00:01.000Z a#1 entered two message",
      "1970-01-01T00:00:01.000Z z#1 entered one message",
      "1970-01-01T00:00:01.000Z z#2 entered two message",
      "1970-01-01T00:00:02.000Z a#2 entered one merge",
      "1970-01-01T00:00:02.000Z z#3 exited one merge",
      "1970-01-01T00:00:02.000Z z#4 exited two merge",
    ]);
    assert.deepEqual(
      play(definitions, lines)
        .filter((delta) => delta.cause === "merge")
        .map((delta) => delta.messageId),
      ["m", "m", "m"],
    );
  });

  test("messages after until are left out", () => {
    const lines = [track("2026-01-01T10:00:00Z"), track("2026-01-01T12:00:00Z")];
    assert.deepEqual(brief([lastHour], lines, "2026-01-01T11:59:59.999Z"), [
      "2026-01-01T10:00:00.000Z u#1 entered s message",
      "2026-01-01T11:00:00.000Z u#2 exited s time",
    ]);
  });
});

describe("the hash of a definition", () => {
  const hash = (definition: object, parameters?: Record<string, unknown>) =>
    readDefinitions([definition], parameters)[0]?.hash;

  test("is of the canonical JSON as given, without names and meta, parameters in force", () => {
    const plain = segment({ kind: "list", list: "l", op: "in" });
    // printf '%s' '{"id":"s","version":1,"when":{"kind":"list","list":"l","op":"in"}}' | sha256sum
    assert.equal(hash(plain), "ced3a48f2c90b0b3");
    const when = { op: "in", list: "l", kind: "list", meta: { a: 1 } };
    assert.equal(
      hash({ when, name: "n", description: "d", meta: 1, id: "s", version: 1 }),
      hash(plain),
    );
    assert.notEqual(hash({ ...plain, timezone: "UTC" }), hash(plain));
    assert.equal(
      hash({ ...plain, parameters: { a: 1 } }, { a: 2, b: 3 }),
      hash({ ...plain, parameters: { a: 2 } }),
    );
  });
});

describe("nextChangeAt", () => {
  test("looks 400 days ahead and no further", () => {
    const next = (days: number) =>
      nextChangeAt({
        definitions: [segment({ kind: "event", event: "X", window: { last: { days } } })],
        lines: [track(0)],
        contact: "u",
        clock: 0,
      });
    assert.equal(next(400), 400 * 86_400_000);
    assert.equal(next(401), null);
  });
});

/** Steps through time and asks the law at each step; the change instants must name every change. */
function stepThrough(
  definition: object,
  lines: string[],
  from: number,
  to: number,
  step: number,
): number {
  const definitions = readDefinitions([definition]);
  const [contact] = contactsAfter(readMessages(lines), 10_000);
  assert.ok(contact);
  const instants = changeInstants(definitions, contact, from, to);
  const isIn = (instant: number) => membershipsAt(definitions, contact, instant).length > 0;
  let expected = isIn(from);
  let next = 0;
  let changes = 0;
  for (let now = from + step; now <= to; now += step) {
    while (next < instants.length && (instants[next] as number) <= now) {
      const after = isIn(instants[next] as number);
      if (after !== expected) changes += 1;
      expected = after;
      next += 1;
    }
    assert.equal(
      isIn(now),
      expected,
      `${new Date(now).toISOString()} ${JSON.stringify(definition)} ${lines.join("\n")}`,
    );
  }
  return changes;
}

describe("stepping by brute force", () => {
  const minute = 60_000;
  const day = 86_400_000;
  const zones = ["Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia"];

  test("month windows around transitions and month ends, minute by minute", () => {
    const random = new Random(5);
    let changes = 0;
    for (let round = 0; round < 60; round += 1) {
      const zone = random.pick(zones);
      const from = at("2009-06-01T00:00:00Z");
      const transition = random.pick(transitionsBetween(zone, from, from + 1000 * day)).instant;
      const months = random.pick([0, 1, 2, 6, 12]);
      const duration = months === 12 ? { years: 1 } : { months };
      const window = random.chance(0.5) ? { last: duration } : { before: duration };
      const definition = segment({ kind: "event", event: "X", window }, { timezone: zone });
      // Either the event or the instant that looks back at it lies near the transition.
      const event = transition + random.integer(-180, 180) * minute;
      const nearTransition = random.chance(0.5);
      const seen = nearTransition ? event : event - Math.round(months * 30.4) * day;
      const middle = nearTransition ? event + Math.round(months * 30.4) * day : event;
      const lines = [track(seen)];
      changes += stepThrough(definition, lines, middle - 4 * day, middle + 4 * day, minute * 5);
    }
    assert.ok(changes > 30, `${changes} changes`);
  });

  test("calendars, anniversaries and absences, every ten minutes", () => {
    const random = new Random(6);
    let changes = 0;
    for (let round = 0; round < 60; round += 1) {
      const zone = random.pick(zones);
      const from = at("2009-06-01T00:00:00Z");
      const near = random.pick(transitionsBetween(zone, from, from + 1000 * day)).instant;
      const seen = near + random.integer(-36, 36) * 60 * minute;
      const unit = random.pick(["day", "week", "month"]);
      const calendar = { unit, count: random.integer(1, 3), current: random.chance(0.5) };
      const date = { kind: "attribute", attribute: "d" };
      const when = random.pick<object>([
        { kind: "event", event: "X", window: { calendar } },
        { kind: "event", event: "X", window: { calendar } },
        { ...date, op: "date_anniversary_in_next", value: { days: random.integer(0, 3) } },
        { ...date, op: "date_in_next", value: { months: 1 } },
        {
          kind: "sequence",
          steps: [{ event: "X" }, { event: "Y", absent: true, within: { months: 1 } }],
        },
      ]);
      const lines = [track(seen), identify(0, { d: new Date(seen).toISOString() })];
      const definition = segment({ ...when }, { timezone: zone });
      changes += stepThrough(definition, lines, near - 4 * day, near + 40 * day, minute * 30);
    }
    assert.ok(changes > 30, `${changes} changes`);
  });

  test("millisecond by millisecond over the boundaries", () => {
    const windows = [{ last: { months: 1 } }, { before: { seconds: 1 } }, { last: { seconds: 1 } }];
    for (const window of windows) {
      const definition = segment(
        { kind: "event", event: "X", window },
        { timezone: "Europe/Berlin" },
      );
      // The event lies 1.5 s after the end of the gap of March 29, 2026.
      const seen = at("2026-03-29T01:00:01.500Z");
      stepThrough(definition, [track(seen)], seen - 2000, seen + 2000, 1);
      const back = at("2026-04-29T00:00:00Z");
      stepThrough(definition, [track(seen)], back - 3000, back + 3000, 1);
    }
  });
});
