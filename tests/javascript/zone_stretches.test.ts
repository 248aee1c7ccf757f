import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { zonePlacesByArea } from "../../bindings/javascript/zone_names_generated.ts";
import { isZone, zoneStretch } from "../../bindings/javascript/zone_stretches.ts";
import { readZoneFile } from "./time_zone_files.ts";
import { wholeZone } from "./whole_zone.ts";

const zoneFolder = "/usr/share/zoneinfo";

function knownTable(name: string): number[] {
  const table = wholeZone(name);
  assert.ok(table, `${name} is a zone`);
  return table;
}

function offsetIn(table: readonly number[], instant: number): number | undefined {
  let offset = table[0];
  for (let index = 1; index < table.length && Number(table[index]) <= instant; index += 2) {
    offset = table[index + 1];
  }
  return offset;
}

/** The offset by the wall clock that Intl formats, which the stretches do not look at. */
function offsetByWallClock(format: Intl.DateTimeFormat, instant: number): number {
  const numbers = format.format(instant).match(/\d+/g)?.map(Number) ?? [];
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = numbers;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

function wallClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

test("a zone is known from its first offset to its last", () => {
  const table = knownTable("Europe/Berlin");
  assert.equal(table[0], (53 * 60 + 28) * 1000);
  const at = table.indexOf(Date.UTC(2026, 2, 29, 1));
  assert.deepEqual(
    [...table.slice(at, at + 4)],
    [Date.UTC(2026, 2, 29, 1), 7_200_000, Date.UTC(2026, 9, 25, 1), 3_600_000],
  );
  for (let index = 3; index < table.length; index += 2) {
    assert.ok(Number(table[index]) > Number(table[index - 2]), "instants ascend");
    assert.notEqual(table[index + 1], table[index - 1], "each changes the offset");
  }
});

test("a zone without transitions has its offset alone", () => {
  assert.deepEqual([...knownTable("Etc/GMT+5")], [-5 * 3_600_000]);
  assert.deepEqual([...knownTable("UTC")], [0]);
});

test("names are matched by exact case, and aliases are names", () => {
  const unknown = [
    "europe/berlin",
    "EUROPE/BERLIN",
    "us/eastern",
    "utc",
    "",
    "Mars/Base",
    "+01:00",
  ];
  for (const name of [...unknown, "Factory", "posix/Europe/Berlin", "constructor"]) {
    assert.equal(isZone(name), false, name);
  }
  assert.deepEqual(knownTable("US/Eastern"), knownTable("America/New_York"));
  assert.deepEqual(knownTable("Asia/Calcutta"), knownTable("Asia/Kolkata"));
  assert.ok(knownTable("EST5EDT").length > 1);
});

test("a stretch is around what was asked, and looked for once", () => {
  const instant = Date.UTC(2026, 6, 1);
  const stretch = zoneStretch("Asia/Tokyo", instant);
  assert.ok(stretch);
  const [from, offset, until] = stretch;
  assert.equal(offset, 9 * 3_600_000);
  assert.ok(from <= instant && instant < until);
  assert.equal(zoneStretch("Asia/Tokyo", until - 1), stretch);
  assert.equal(zoneStretch("Asia/Tokyo", from), stretch);
});

test("before 1800 and after 2200 nothing changes", () => {
  for (const name of ["Europe/Berlin", "America/New_York"]) {
    const table = knownTable(name);
    const first = zoneStretch(name, -8.64e15);
    assert.deepEqual(first, [-Infinity, table[0], Date.UTC(1800, 0, 1)]);
    const last = zoneStretch(name, 8.64e15);
    assert.deepEqual(last, [Date.UTC(2200, 0, 1), table.at(-1), Infinity]);
  }
});

test("what the runtime cannot tell is null", () => {
  assert.equal(zoneStretch("Mars/Base", 0), null);
  assert.equal(zoneStretch("Europe/Berlin", Number.NaN), null);
});

test("summer time that lasts for days is not missed", () => {
  // Gaza in 2040: summer time ends for Ramadan, comes back for one week, ends again.
  const table = knownTable("Asia/Gaza");
  const changes = [...table].filter(
    (value) => value >= Date.UTC(2040, 0, 1) && value < Date.UTC(2041, 0, 1),
  );
  assert.equal(changes.length, 4);
});

const day = 86_400_000;
const scannedSteps = [
  { until: Date.UTC(1880, 0, 1), step: 365 * day },
  { until: Date.UTC(1930, 0, 1), step: 28 * day },
  { until: Date.UTC(1938, 0, 1), step: 18 * day },
  { until: Date.UTC(1946, 0, 1), step: 3.75 * day },
  { until: Date.UTC(1999, 0, 1), step: 18 * day },
  { until: Date.UTC(2090, 0, 1), step: 6.5 * day },
  { until: Date.UTC(2200, 0, 1), step: 60 * day },
];

/** Looks at all years from 1800 on in one go: what the stretches of a zone must add up to. */
function scannedZone(timeZone: string): number[] {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const offsetAt = (at: number) => {
    const [, sign, hours, minutes, seconds = 0] =
      /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(at)) ?? [];
    if (sign === undefined) return 0;
    const magnitude = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return (sign === "-" ? -1000 : 1000) * magnitude;
  };
  let instant = Date.UTC(1800, 0, 1);
  const table = [offsetAt(instant)];
  for (const { until, step } of scannedSteps) {
    while (instant < until) {
      const next = Math.min(instant + step, until);
      const nextOffset = offsetAt(next);
      while (table.at(-1) !== nextOffset) {
        let high = next;
        while (high - instant > 1000) {
          const middle = Math.floor((instant + high) / 2000) * 1000;
          if (offsetAt(middle) === table.at(-1)) instant = middle;
          else high = middle;
        }
        instant = high;
        table.push(instant, offsetAt(instant));
      }
      instant = next;
    }
  }
  return table;
}

test("in whatever order they are asked for, stretches add up to the whole zone", () => {
  const names = new Set(
    Object.entries(zonePlacesByArea).flatMap(([area, places]) =>
      places.split(" ").map((place) => {
        const timeZone = area === "" ? place : `${area}/${place}`;
        return new Intl.DateTimeFormat("en-US", { timeZone }).resolvedOptions().timeZone;
      }),
    ),
  );
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 0x7fffffff;
    return seed / 0x7fffffff;
  };
  for (const name of names) {
    const expected = scannedZone(name);
    for (let question = 0; question < 100; question += 1) {
      const instant = Math.floor(Date.UTC(1790, 0, 1) + random() * Date.UTC(2390, 0, 1));
      const stretch = zoneStretch(name, instant);
      assert.ok(stretch, `${name} at ${instant}`);
      const [from, offset, until] = stretch;
      assert.ok(from <= instant && instant < until, `${name} at ${instant}`);
      assert.equal(offset, offsetIn(expected, instant), `${name} at ${instant}`);
    }
    assert.deepEqual(knownTable(name), expected, name);
  }
  assert.ok(names.size > 400, `${names.size} zones were compared`);
});

/**
 * The system's files say where to look; what is right there is what Intl says of that instant, since both may come
 * from different releases of the zone data.
 */
test("every change that the system's zone files know of is known, if Intl knows it", {
  skip: !existsSync(`${zoneFolder}/tzdata.zi`),
}, () => {
  let compared = 0;
  let sameAsFile = 0;
  for (const [area, places] of Object.entries(zonePlacesByArea)) {
    for (const place of places.split(" ")) {
      const name = area === "" ? place : `${area}/${place}`;
      const path = `${zoneFolder}/${name}`;
      const file = existsSync(path) ? readZoneFile(path, 2199) : null;
      if (file === null) continue;
      const table = knownTable(name);
      const format = wallClock(name);
      let differs = false;
      for (const { at, offset } of file.transitions) {
        if (at < Date.UTC(1800, 0, 1) / 1000 || at > Date.UTC(2200, 0, 1) / 1000) continue;
        for (const instant of [(at - 1) * 1000, at * 1000]) {
          const expected = offsetByWallClock(format, instant);
          assert.equal(offsetIn(table, instant), expected, `${name} at ${instant}`);
        }
        differs ||= offsetIn(table, at * 1000) !== offset * 1000;
      }
      compared += 1;
      if (!differs) sameAsFile += 1;
    }
  }
  assert.ok(compared > 400, `${compared} zones were compared`);
  assert.ok(sameAsFile > compared / 2, `${sameAsFile} of ${compared} say the same as the files`);
});
