import assert from "node:assert/strict";
import { test } from "node:test";
import { timeReader } from "../../bindings/csv/cell_time.ts";
import { absolute, add, multiply, parseDecimal, toNumber } from "../../bindings/csv/decimal.ts";
import { instantOfLocal } from "../../bindings/csv/local_time.ts";
import { MappingError } from "../../bindings/csv/mapping_error.ts";
import { wholeZone } from "./whole_zone.ts";

function decimal(text: string) {
  const value = parseDecimal(text);
  assert.ok(value, text);
  return value;
}

test("prices multiply and add up without rounding", () => {
  assert.equal(toNumber(multiply(decimal("6"), decimal("2.55"))), 15.3);
  assert.equal(toNumber(add(decimal("0.1"), decimal("0.2"))), 0.3);
  assert.equal(toNumber(add(decimal("1e3"), decimal("-0.001"))), 999.999);
  assert.equal(toNumber(absolute(decimal("-12.50"))), 12.5);
  assert.equal(toNumber(decimal("1.5e-3")), 0.0015);
  for (const text of ["", ".", "-", "1,5", "1.2.3", "0x10", "NaN", "Infinity", " 1", "1e9999"]) {
    assert.equal(parseDecimal(text), undefined, text);
  }
});

test("times are read in the ways that files write them", () => {
  const read = timeReader("text", "UTC");
  const at = (text: string) => {
    const instant = read(text);
    return instant === undefined ? undefined : new Date(instant).toISOString();
  };
  assert.equal(at("2019-10-01 00:00:01 UTC"), "2019-10-01T00:00:01.000Z");
  assert.equal(at("2010-12-01 08:26:00"), "2010-12-01T08:26:00.000Z");
  assert.equal(at("2010-12-01T08:26"), "2010-12-01T08:26:00.000Z");
  assert.equal(at("2010-12-01T08:26:01.5+01:30"), "2010-12-01T06:56:01.500Z");
  assert.equal(at("2010-12-01 08:26:00.1239-0800"), "2010-12-01T16:26:00.123Z");
  assert.equal(at("19970112"), "1997-01-12T00:00:00.000Z");
  assert.equal(at("2024-02-29"), "2024-02-29T00:00:00.000Z");
  for (const text of [
    "",
    "2023-02-29",
    "2024-13-01",
    "20240001",
    "2024-01-01 24:00:00",
    "yesterday",
  ]) {
    assert.equal(at(text), undefined, text);
  }
  assert.equal(timeReader("seconds", "UTC")("1511544070"), 1_511_544_070_000);
  assert.equal(timeReader("seconds", "UTC")("1511544070.25"), 1_511_544_070_250);
  assert.equal(timeReader("milliseconds", "UTC")("1511544070000"), 1_511_544_070_000);
  assert.equal(timeReader("seconds", "UTC")("2017"), 2_017_000);
  assert.equal(timeReader("seconds", "UTC")("soon"), undefined);
  assert.throws(() => timeReader("text", "europe/berlin"), MappingError);
});

test("local times become instants: of a gap its end, of an overlap the first", () => {
  const read = timeReader("text", "Europe/Berlin");
  const at = (text: string) => new Date(read(text) ?? Number.NaN).toISOString();
  assert.equal(at("2026-07-01 12:00:00"), "2026-07-01T10:00:00.000Z");
  assert.equal(at("2026-01-01 12:00:00"), "2026-01-01T11:00:00.000Z");
  assert.equal(at("2026-03-29 01:59:59"), "2026-03-29T00:59:59.000Z");
  assert.equal(at("2026-03-29 02:30:00"), "2026-03-29T01:00:00.000Z");
  assert.equal(at("2026-03-29 03:00:00"), "2026-03-29T01:00:00.000Z");
  assert.equal(at("2026-10-25 02:30:00"), "2026-10-25T00:30:00.000Z");
  assert.equal(at("2026-10-25 03:00:00"), "2026-10-25T02:00:00.000Z");
  assert.equal(at("2026-03-29 02:30:00 UTC"), "2026-03-29T02:30:00.000Z");
});

test("every local time is the first instant that is not earlier on that clock", () => {
  for (const zone of [
    "Europe/London",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
  ]) {
    const table = wholeZone(zone);
    assert.ok(table);
    const localAt = (instant: number) => {
      let offset = Number(table[0]);
      for (let index = 1; index < table.length && Number(table[index]) <= instant; index += 2) {
        offset = Number(table[index + 1]);
      }
      return instant + offset;
    };
    for (let local = Date.UTC(2011, 11, 1); local < Date.UTC(2012, 11, 1); local += 1_700_000) {
      const instant = instantOfLocal(zone, local);
      assert.ok(localAt(instant) >= local, `${zone} ${local}`);
      for (const earlier of [1, 1_800_000, 3_600_000, 86_400_000]) {
        assert.ok(localAt(instant - earlier) < local, `${zone} ${local}`);
      }
    }
  }
});
