import { type Setting, timestampText } from "./setting.ts";

/** Lines that must be refused and change nothing, of all sorts (section 1 and its appendix). */
export function refusedLine(setting: Setting, contact: string): string | Uint8Array {
  const { random, anchor } = setting;
  const timestamp = timestampText(random, anchor);
  const track = {
    type: "track",
    userId: contact,
    event: "Order Completed",
    timestamp,
    properties: { price: 1000 },
  };
  const identify = { type: "identify", userId: contact, timestamp, traits: { plan: "Shoes" } };
  const channel = {
    type: "channel",
    userId: contact,
    channel: "email",
    reachable: true,
    timestamp,
  };
  const list = { type: "list", userId: contact, list: "vip-2026", action: "add", timestamp };
  const alias = { type: "alias", userId: contact, previousId: "a-7", timestamp };
  const text = (value: unknown): string => JSON.stringify(value);
  const deep = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
  const badTimes = [
    "2026-01-01",
    "2026-01-01T00:00:00",
    "2026-01-01T24:00:00Z",
    "2026-01-01T23:59:60Z",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-1-01T00:00:00Z",
    "-000000-01-01T00:00:00Z",
    "2026-01-01T00:00:00+24:00",
    "2026-01-01T00:00:00+00:60",
    "2026-01-01T00:00:00.Z",
    "2026-01-01t00:00:00z",
    "2026-01-01 00:00:00Z",
    " 2026-01-01T00:00:00Z",
    "1767225600000",
    "+275760-09-13T00:00:00.001Z",
    "",
    1767225600000.5,
    8640000000000001,
    true,
    [],
    {},
  ];
  const bad: (() => string | Uint8Array)[] = [
    () => text({ ...track, timestamp: random.pick(badTimes) }),
    () => text({ ...track, timestamp: random.pick(badTimes) }),
    () => text({ ...track, timestamp: random.pick(badTimes) }),
    () => text({ ...identify, timestamp: random.pick(badTimes) }),
    () =>
      random.pick([
        "{",
        "nul",
        "[]",
        "7",
        '"text"',
        "null",
        `${text(track)}}`,
        "{'a':1}",
        "\u00a0",
      ]),
    () =>
      text(track).replace("1000", random.pick(["1e999", "-1e400", "01", "1.", ".5", "+1", "NaN"])),
    () => text({ ...track, ignored: "\n" }).replace("\\n", random.pick(["\t", "\u0000", "\\x41"])),
    () => text({ ...track, type: random.pick(["group", "Track", "", 1, null, "delete"]) }),
    () => text({ ...track, type: undefined }),
    () => text({ ...track, userId: random.pick([undefined, null, "", 5, true, {}]) }),
    () => text({ ...track, anonymousId: random.pick([5, false, [], {}]) }),
    () => text({ ...track, messageId: random.pick([5, 0, false, [], {}]) }),
    () => text({ ...track, event: random.pick([undefined, null, "", 5, ["page"]]) }),
    () => text({ ...track, properties: random.pick([[], "text", 5, true]) }),
    () => text({ ...track, type: "page", properties: random.pick([[], "text", 5, false]) }),
    () => text({ ...identify, traits: random.pick([[], "text", 5, false]) }),
    () => text({ ...channel, reachable: random.pick([undefined, null, "true", 1]) }),
    () => text({ ...channel, channel: random.pick([undefined, null, 5, ["email"]]) }),
    () => text({ ...list, action: random.pick([undefined, null, "added", "ADD", true]) }),
    () => text({ ...list, list: random.pick([undefined, null, 5, {}]) }),
    () => text({ ...alias, previousId: random.pick([undefined, null, 5, ["a-7"]]) }),
    () => text({ ...track, ignored: "HERE" }).replace('"HERE"', deep(64)),
    () => text({ ...track, properties: { deep: "HERE" } }).replace('"HERE"', deep(63)),
    () => text(track).replace(/"type":"track"/, '"type":"track","type":"gone"'),
    () => Buffer.concat([Buffer.from(text(track).slice(0, -1)), badUtf8(random.integer(0, 4))]),
    () => Buffer.concat([Buffer.from(`${text(track)} `), Buffer.from([0xff])]),
  ];
  if (random.chance(0.01)) {
    const length = Buffer.byteLength(text({ ...track, filler: "" }));
    return text({ ...track, filler: "x".repeat(65_537 - length) });
  }
  return random.pick(bad)();
}

function badUtf8(kind: number): Buffer {
  const bytes = [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]][
    kind
  ] as number[];
  return Buffer.concat([Buffer.from(',"x":"'), Buffer.from(bytes), Buffer.from('"}')]);
}
