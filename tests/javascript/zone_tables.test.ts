import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { zonePlacesByArea } from "../../bindings/javascript/zone_names_generated.ts";
import { zoneTable } from "../../bindings/javascript/zone_tables.ts";
import { readZoneFile } from "./time_zone_files.ts";

const zoneFolder = "/usr/share/zoneinfo";

function knownTable(name: string): Float64Array {
  const table = zoneTable(name);
  assert.ok(table, `${name} has a table`);
  return table;
}

function offsetIn(table: Float64Array, instant: number): number | undefined {
  let offset = table[0];
  for (let index = 1; index < table.length && Number(table[index]) <= instant; index += 2) {
    offset = table[index + 1];
  }
  return offset;
}

/** The offset by the wall clock that Intl formats, which the tables do not look at. */
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

test("a table starts with the first offset, then says instants and offsets", () => {
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
    assert.equal(zoneTable(name), null, name);
  }
  assert.deepEqual(knownTable("US/Eastern"), knownTable("America/New_York"));
  assert.deepEqual(knownTable("Asia/Calcutta"), knownTable("Asia/Kolkata"));
  assert.ok(knownTable("EST5EDT").length > 1);
});

test("a zone is asked for once", () => {
  assert.equal(knownTable("Asia/Tokyo"), knownTable("Asia/Tokyo"));
});

test("summer time that lasts for days is not missed", () => {
  // Gaza in 2040: summer time ends for Ramadan, comes back for one week, ends again.
  const table = knownTable("Asia/Gaza");
  const changes = [...table].filter(
    (value) => value >= Date.UTC(2040, 0, 1) && value < Date.UTC(2041, 0, 1),
  );
  assert.equal(changes.length, 4);
});

/**
 * The system's files say where to look; what is right there is what Intl says of that instant, since both may come
 * from different releases of the zone data.
 */
test("every change that the system's zone files know of is in the tables, if Intl knows it", {
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
