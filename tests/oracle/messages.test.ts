import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { canonicalJson } from "./canonical_json.ts";
import { evaluate } from "./evaluate.ts";
import { parseJson } from "./json_text.ts";
import { readMessages } from "./messages.ts";
import { identify, isMember, segment, track } from "./small_worlds.ts";

const now = "2026-06-01T00:00:00Z";
const line = (message: object) => JSON.stringify({ userId: "u", timestamp: 1000, ...message });
const isRefused = (text: string | Uint8Array) => readMessages([text]).refused.length === 1;
const attribute = (path: string, op: string, value?: unknown) =>
  segment({ kind: "attribute", attribute: path, op, ...(value === undefined ? {} : { value }) });
const count = (value: number) => segment({ kind: "event", event: "X", op: "eq", value });

describe("JSON", () => {
  test("agrees with the platform where the platform is right", () => {
    const texts = [
      '{"a":[1,-0,1e3,true,null,"\\u00e9\\n"],"b":{}}',
      " [ ] ",
      '"\\ud83d\\ude00"',
      "0",
    ];
    for (const text of texts) {
      assert.equal(canonicalJson(parseJson(text)), canonicalJson(JSON.parse(text)), text);
    }
    for (const text of ["", "01", "1.", "[1,]", '{"a":1,}', "'a'", '"\t"', "1 2", "1e999", "nul"]) {
      assert.throws(() => parseJson(text), text);
    }
  });

  test("the last of duplicate keys counts, lone surrogates being U+FFFD", () => {
    assert.equal(canonicalJson(parseJson('{"\\ud800":1,"\\udc00":2,"\\ud800":3}')), '{"\ufffd":3}');
  });

  test("is canonical with keys by code point", () => {
    assert.equal(
      canonicalJson(parseJson('{"\u{1f600}":1,"\uff5a":2,"a":[1.0,-0,1e21,1e-7]}')),
      '{"a":[1,0,1e+21,1e-7],"\uff5a":2,"\u{1f600}":1}',
    );
  });
});

describe("messages", () => {
  test("the ids", () => {
    const contact = (message: object) =>
      readMessages([line({ type: "track", event: "X", ...message })]).messages[0]?.contact;
    assert.equal(contact({ anonymousId: "a" }), "u");
    assert.equal(contact({ userId: "", anonymousId: "a" }), "a");
    assert.equal(contact({ userId: null, anonymousId: "a" }), "a");
    assert.equal(contact({ userId: null }), undefined);
    assert.equal(contact({ userId: 5, anonymousId: "a" }), undefined);
    assert.equal(contact({ anonymousId: 5 }), undefined);
    assert.equal(contact({ messageId: 5 }), undefined);
  });

  test("timestamps", () => {
    const time = (timestamp: unknown) =>
      readMessages([line({ type: "track", event: "X", timestamp })]).messages[0]?.time;
    assert.equal(time("1970-01-01T00:00:01Z"), 1000);
    assert.equal(time("1970-01-01T01:00+01"), 0);
    assert.equal(time("1970-01-01T01:00:00.0019999+0100"), 1);
    assert.equal(time("+275760-09-13T00:00:00Z"), 8.64e15);
    assert.equal(time("-271821-04-20T00:00:00Z"), -8.64e15);
    assert.equal(time(-1), -1);
    for (const bad of [
      "1970-01-01",
      "1970-01-01T00:00",
      "1000",
      1.5,
      8.64e15 + 1,
      true,
      "-000000-01-01T00:00Z",
    ]) {
      assert.equal(time(bad), undefined, String(bad));
    }
  });

  test("without time: the largest accepted before", () => {
    const track = (timestamp: unknown) => line({ type: "track", event: "X", timestamp });
    const read = readMessages([track(undefined), track(5), track(3), track("bad"), track(null)]);
    assert.deepEqual(
      read.messages.map((message) => message.time),
      [5, 3, 5],
    );
    assert.deepEqual(
      read.refused.map((refusal) => refusal.line),
      [1, 4],
    );
  });

  test("what is refused and what is not", () => {
    const good = { type: "track", event: "X" };
    assert.equal(isRefused(line({ type: "group" })), true);
    assert.equal(isRefused(line({ type: "track", event: "" })), true);
    assert.equal(isRefused(line({ ...good, properties: [] })), true);
    assert.equal(isRefused(line({ ...good, properties: null, traits: 5 })), false);
    assert.equal(isRefused(line({ type: "alias" })), true);
    assert.equal(isRefused(line({ type: "channel", channel: "email" })), true);
    assert.equal(isRefused(line({ type: "list", list: "l", action: "ADD" })), true);
    assert.equal(isRefused(`${line(good)}\r`), false);
    assert.equal(isRefused(`\ufeff${line(good)}`), false);
    assert.equal(isRefused(new Uint8Array([...Buffer.from('{"a":"'), 0xff])), true);
    const nested = (levels: number) =>
      line({ ...good, x: "?" }).replace('"?"', "[".repeat(levels) + "]".repeat(levels));
    assert.equal(isRefused(nested(63)), false);
    assert.equal(isRefused(nested(64)), true);
    const long = (length: number) => {
      const bare = line({ ...good, x: "" });
      return line({ ...good, x: "x".repeat(length - bare.length) });
    };
    assert.equal(isRefused(long(65_536)), false);
    assert.equal(isRefused(long(65_537)), true);
    assert.deepEqual(readMessages(["", " ", "\r"]), { messages: [], refused: [] });
  });

  test("the first 256 leaves by path are kept", () => {
    const properties: Record<string, unknown> = { price: 1, empty: {}, gone: { z: 1 } };
    for (let index = 0; index < 255; index += 1) properties[`a${1000 + index}`] = null;
    const isSet = (property: string, more: object = {}) =>
      isMember(
        segment({ kind: "event", event: "X", where: { kind: "property", property, op: "is_set" } }),
        [track("2026-05-01T00:00:00Z", "X", { ...properties, ...more })],
        now,
      );
    // 255 nulls and gone.z are 256; {} is none of them.
    assert.equal(isSet("gone.z"), true);
    assert.equal(isSet("price"), false);
    assert.equal(isSet("empty"), true);
    assert.equal(isSet("gone", { b: [1, 2, 3] }), false);
    assert.equal(isSet("b", { b: [1, 2, 3] }), true);
  });
});

describe("contacts", () => {
  test("one messageId counts once: the earliest, then the smaller content", () => {
    const copy = (timestamp: string, price: number, messageId?: string) =>
      line({ type: "track", event: "X", timestamp, messageId, properties: { price } });
    const [early, late] = ["2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z"];
    const price = (value: number) =>
      segment({
        kind: "event",
        event: "X",
        measure: { fn: "sum", property: "price" },
        op: "eq",
        value,
      });
    assert.equal(isMember(price(1), [copy(late, 2, "m"), copy(early, 1, "m")], now), true);
    assert.equal(isMember(price(1), [copy(early, 1, "m"), copy(late, 2, "m")], now), true);
    assert.equal(isMember(price(10), [copy(early, 9, "m"), copy(early, 10, "m")], now), true);
    assert.equal(isMember(price(2), [copy(early, 1), copy(early, 1)], now), true);
  });

  test("traits: newest wins, ties to the larger value, the deeper path", () => {
    const city = (value: string) => attribute("address.city", "eq", value);
    const [early, late] = [
      identify(1, { address: { city: "A" } }),
      identify(2, { address: { city: "B" } }),
    ];
    assert.equal(isMember(city("B"), [late, early], now), true);
    assert.equal(
      isMember(
        city("b"),
        [identify(1, { address: { city: "a" } }), identify(1, { address: { city: "b" } })],
        now,
      ),
      true,
    );
    // One above replaces what is below and older; at one time the deeper wins.
    assert.equal(isMember(city("A"), [early, identify(2, { address: "x" })], now), false);
    assert.equal(isMember(city("A"), [early, identify(1, { address: "x" })], now), true);
    assert.equal(isMember(city("A"), [early, identify(2, { address: {} })], now), true);
    assert.equal(isMember(city("A"), [early, identify(2, { address: null })], now), false);
    // What is dead still beats what is older: city(1) < address(2) < zip(3).
    const dead = [identify(3, { address: { zip: 1 } }), early, identify(2, { address: "x" })];
    assert.equal(isMember(city("A"), dead, now), false);
    assert.equal(isMember(attribute("address.zip", "eq", 1), dead, now), true);
    assert.equal(isMember(attribute("a\\.b", "eq", 1), [identify(1, { "a.b": 1 })], now), true);
    assert.equal(isMember(attribute("a.b", "eq", 1), [identify(1, { "a.b": 1 })], now), false);
  });

  test("channels and lists: ties go to unreachable and to removed", () => {
    const reachable = segment({ kind: "channel", channel: "email", op: "reachable" });
    const word = (reachable: boolean, timestamp: number) =>
      line({ type: "channel", channel: "email", reachable, timestamp });
    assert.equal(isMember(reachable, [word(false, 5), word(true, 5)], now), false);
    assert.equal(isMember(reachable, [word(true, 6), word(false, 5)], now), true);
    const member = segment({ kind: "list", list: "l", op: "in" });
    const list = (action: string, timestamp: number) =>
      line({ type: "list", list: "l", action, timestamp });
    assert.equal(isMember(member, [list("remove", 5), list("add", 5)], now), false);
  });

  test("aliases: one contact, whose id is the smallest that is nowhere a previous one", () => {
    const alias = (previousId: string, userId: string) =>
      JSON.stringify({ type: "alias", previousId, userId, timestamp: 1000 });
    const seen = (userId: string) =>
      JSON.stringify({ type: "track", userId, event: "X", timestamp: 1000 });
    const members = (lines: string[], value = 1) =>
      evaluate({ definitions: [count(value)], lines, at: 2000 }).segments["s"];
    assert.deepEqual(members([alias("a", "b"), seen("a")]), ["b"]);
    assert.deepEqual(members([seen("a"), seen("b"), alias("a", "b")], 2), ["b"]);
    assert.deepEqual(members([seen("c"), alias("c", "b"), alias("b", "z"), alias("q", "y")]), [
      "z",
    ]);
    assert.deepEqual(members([seen("b"), alias("c", "b"), alias("c", "a")]), ["a"]);
    assert.deepEqual(members([seen("b"), alias("b", "a"), alias("a", "b")]), ["a"]);
    assert.deepEqual(members([seen("b"), alias("b", "b")]), ["b"]);
    // A contact exists from its first message of any type on.
    assert.deepEqual(members([alias("b", "b")], 0), ["b"]);
  });

  test("of a full history the oldest go, and what is not after the oldest is dropped", () => {
    const at = (time: number, messageId?: string) =>
      line({ type: "track", event: "X", timestamp: time, messageId });
    const before = (lines: string[], to: number, value: number) => {
      const when = { kind: "event", event: "X", op: "eq", value, window: { to } };
      const found = evaluate({ definitions: [segment(when)], lines, at: 9000, mostEvents: 3 });
      return found.segments["s"]?.length === 1;
    };
    assert.equal(before([at(1), at(2), at(3), at(4)], 2, 0), true);
    assert.equal(before([at(2), at(3), at(4), at(1)], 10, 3), true);
    assert.equal(before([at(2), at(3), at(4), at(1)], 2, 0), true);
    // A copy older than the oldest kept is dropped before it is known as a copy.
    assert.equal(before([at(2), at(3, "m"), at(4), at(1, "m")], 3, 1), true);
    assert.equal(before([at(2), at(3), at(5, "m"), at(4, "m")], 5, 3), true);
  });
});
