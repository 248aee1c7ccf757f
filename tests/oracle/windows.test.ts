import assert from "node:assert/strict";
import { test } from "node:test";
import { at, heldAmong, isMember, segment, track } from "./small_worlds.ts";

const event = (window: unknown, zone = "UTC") =>
  segment({ kind: "event", event: "X", window }, { timezone: zone });

test("last: T−D < t ≤ T, to the millisecond", () => {
  const lines = [track("2026-03-10T12:00:00.000Z")];
  assert.deepEqual(
    heldAmong(event({ last: { hours: 2 } }), lines, [
      "2026-03-10T11:59:59.999Z",
      "2026-03-10T12:00:00.000Z",
      "2026-03-10T13:59:59.999Z",
      "2026-03-10T14:00:00.000Z",
    ]),
    ["2026-03-10T12:00:00.000Z", "2026-03-10T13:59:59.999Z"],
  );
});

test("before: t ≤ T−D", () => {
  const lines = [track("2026-03-10T12:00:00.000Z")];
  assert.deepEqual(
    heldAmong(event({ before: { days: 1 } }), lines, [
      "2026-03-11T11:59:59.999Z",
      "2026-03-11T12:00:00.000Z",
      "2030-01-01T00:00:00.000Z",
    ]),
    ["2026-03-11T12:00:00.000Z", "2030-01-01T00:00:00.000Z"],
  );
});

test("between: T−D1 < t ≤ T−D2", () => {
  const lines = [track("2026-03-01T00:00:00.000Z")];
  assert.deepEqual(
    heldAmong(event({ between: [{ days: 30 }, { weeks: 1 }] }), lines, [
      "2026-03-07T23:59:59.999Z",
      "2026-03-08T00:00:00.000Z",
      "2026-03-30T23:59:59.999Z",
      "2026-03-31T00:00:00.000Z",
    ]),
    ["2026-03-08T00:00:00.000Z", "2026-03-30T23:59:59.999Z"],
  );
});

test("from and to: from ≤ t < to, a day is its start in the zone", () => {
  const window = event({ from: "2026-03-29", to: "2026-03-30" }, "Europe/Berlin");
  const times = [
    ["2026-03-28T22:59:59.999Z", false],
    ["2026-03-28T23:00:00.000Z", true],
    ["2026-03-29T21:59:59.999Z", true],
    ["2026-03-29T22:00:00.000Z", false],
  ] as const;
  for (const [time, inside] of times) {
    assert.equal(isMember(window, [track(time)], "2026-12-01T00:00:00Z"), inside, time);
  }
});

test("a day in the last month is the month's clamped day: not monotone", () => {
  // T = Mar 28 23:00 looks back to Feb 28 23:00, T = Mar 29 00:00 to Feb 28 00:00.
  const lines = [track("2026-02-28T12:00:00Z")];
  assert.deepEqual(
    heldAmong(event({ last: { months: 1 } }), lines, [
      "2026-03-28T11:59:59.999Z",
      "2026-03-28T12:00:00.000Z",
      "2026-03-28T23:00:00.000Z",
      "2026-03-29T00:00:00.000Z",
      "2026-03-29T11:59:59.999Z",
      "2026-03-29T12:00:00.000Z",
      "2026-03-30T00:00:00.000Z",
      "2026-03-31T11:59:59.999Z",
      "2026-03-31T12:00:00.000Z",
      "2026-04-01T00:00:00.000Z",
    ]),
    [
      "2026-03-28T11:59:59.999Z",
      "2026-03-29T00:00:00.000Z",
      "2026-03-29T11:59:59.999Z",
      "2026-03-30T00:00:00.000Z",
      "2026-03-31T11:59:59.999Z",
    ],
  );
});

test("month arithmetic that ends in a gap is the gap's end, in an overlap its first half", () => {
  // Berlin: the hour from 02:00 on Mar 29, 2026 does not exist; Oct 25, 02:00–03:00 comes twice.
  const gap = event({ last: { months: 1 } }, "Europe/Berlin");
  const gapEnd = "2026-03-29T01:00:00.000Z";
  // At local Apr 29 02:30 the bound is the gap's end, so an event there is just out.
  assert.equal(isMember(gap, [track(gapEnd)], "2026-04-29T00:30:00Z"), false);
  assert.equal(isMember(gap, [track(at(gapEnd) + 1)], "2026-04-29T00:30:00Z"), true);
  // At local Apr 29 01:59:59.999 the bound is a ms before the gap, thus before its end.
  assert.equal(isMember(gap, [track(gapEnd)], "2026-04-28T23:59:59.999Z"), true);
  // At local Nov 25 02:30 (01:30Z) the bound is the first 02:30 of Oct 25, which is 00:30Z.
  const overlap = [track("2026-10-25T00:30:00.001Z")];
  assert.equal(isMember(gap, overlap, "2026-11-25T01:30:00Z"), true);
  assert.equal(isMember(gap, [track("2026-10-25T00:30:00Z")], "2026-11-25T01:30:00Z"), false);
});

test("leap days: a year before Feb 29 is Feb 28", () => {
  const lines = [track("2023-02-28T10:00:00Z")];
  const window = event({ last: { years: 1 } });
  assert.equal(isMember(window, lines, "2024-02-29T09:59:59.999Z"), true);
  assert.equal(isMember(window, lines, "2024-02-29T10:00:00.000Z"), false);
});

test("calendar: whole units before the running one, or with it", () => {
  const zone = "America/New_York";
  // Sunday, March 8, 2026 has 23 hours there: 05:00Z to 04:00Z.
  const yesterday = event({ calendar: { unit: "day" } }, zone);
  const now = "2026-03-09T12:00:00Z";
  assert.equal(isMember(yesterday, [track("2026-03-08T04:59:59.999Z")], now), false);
  assert.equal(isMember(yesterday, [track("2026-03-08T05:00:00.000Z")], now), true);
  assert.equal(isMember(yesterday, [track("2026-03-09T03:59:59.999Z")], now), true);
  assert.equal(isMember(yesterday, [track("2026-03-09T04:00:00.000Z")], now), false);
  // Weeks start on Monday: Monday, March 9 begins the running week.
  const weeks = event({ calendar: { unit: "week", count: 2, current: true } }, zone);
  assert.equal(isMember(weeks, [track("2026-03-02T04:59:59.999Z")], now), false);
  assert.equal(isMember(weeks, [track("2026-03-02T05:00:00.000Z")], now), true);
  assert.equal(isMember(weeks, [track("2026-03-09T12:00:00.000Z")], now), true);
  const quarter = event({ calendar: { unit: "quarter" } });
  assert.equal(isMember(quarter, [track("2025-10-01T00:00:00Z")], now), true);
  assert.equal(isMember(quarter, [track("2025-09-30T23:59:59.999Z")], now), false);
  assert.equal(isMember(quarter, [track("2026-01-01T00:00:00Z")], now), false);
});

test("a day whose midnight is skipped starts at the end of the gap", () => {
  // São Paulo, Sunday Oct 15, 2017: 00:00 became 01:00 at 03:00Z.
  const today = event({ calendar: { unit: "day", current: true } }, "America/Sao_Paulo");
  assert.equal(isMember(today, [track("2017-10-15T02:59:59.999Z")], "2017-10-15T12:00:00Z"), false);
  assert.equal(isMember(today, [track("2017-10-15T03:00:00.000Z")], "2017-10-15T12:00:00Z"), true);
});

test("since: later than the latest matching event, by time alone", () => {
  const window = event({ since: { event: "Y" } });
  const y = track("2026-01-02T00:00:00Z", "Y");
  const now = "2026-01-05T00:00:00Z";
  assert.equal(isMember(window, [track("2026-01-01T00:00:00Z")], now), true);
  assert.equal(isMember(window, [track("2026-01-01T00:00:00Z"), y], now), false);
  assert.equal(isMember(window, [track("2026-01-02T00:00:00Z"), y], now), false);
  assert.equal(isMember(window, [track("2026-01-02T00:00:00.001Z"), y], now), true);
  // One in the future bounds nothing yet.
  const future = track("2026-01-06T00:00:00Z", "Y");
  assert.equal(isMember(window, [track("2026-01-01T00:00:00Z"), future], now), true);
});

test("the zone of a contact is a trait, else UTC", () => {
  const today = segment(
    { kind: "event", event: "X", window: { calendar: { unit: "day", current: true } } },
    { timezone: "contact" },
  );
  const trait = (timezone: unknown) =>
    JSON.stringify({ type: "identify", userId: "u", timestamp: 0, traits: { timezone } });
  const seen = track("2026-01-10T23:30:00Z");
  const now = "2026-01-11T00:30:00Z";
  assert.equal(isMember(today, [seen], now), false);
  assert.equal(isMember(today, [seen, trait("America/New_York")], now), true);
  assert.equal(isMember(today, [seen, trait("america/new_york")], now), false);
  assert.equal(isMember(today, [seen, trait(5)], now), false);
});
