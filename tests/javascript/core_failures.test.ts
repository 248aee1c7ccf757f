import assert from "node:assert/strict";
import { test } from "node:test";
import { Contact } from "../../bindings/javascript/contact.ts";
import { Core } from "../../bindings/javascript/core.ts";
import type { CoreModule } from "../../bindings/javascript/core_module.ts";
import { EngineState } from "../../bindings/javascript/engine_state.ts";
import { SegmentError } from "../../bindings/javascript/segment_error.ts";

// A core that is made to fail: the real one should never trap, and seldom runs out of memory.

/** Beyond the input that a test writes. */
const responseAddress = 900_000;
const deltaAddress = 960_000;
const textAddress = 990_000;
const heap = new Uint8Array(1_048_576);

/** Answers ok to everything but what is replaced. */
function fakeModule(replaced: Partial<CoreModule>): CoreModule {
  const ok = () => 0;
  return {
    ...{ HEAPU8: heap, reserveInput: () => 64, responseAddress: ok, responseLength: ok },
    ...{ deltaAddress: ok, deltaCount: ok, define: ok, openContact: ok, closeContact: ok },
    ...{ apply: ok, advanceTo: ok },
    ...{ nextChangeAt: () => Number.NaN, has: ok, memberships: ok, timeline: ok },
    ...{ openContactCount: () => 1, setOrigin: ok, setRetention: ok, openSnapshot: ok },
    ...{ snapshot: ok, merge: ok, join: ok },
    ...{ openDirectory: ok, closeDirectory: ok, ingest: ok, limitUntil: ok, finish: ok },
    ...{ evaluate: ok, directoryStatistics: ok },
    ...replaced,
  };
}

function contactOn(replaced: Partial<CoreModule>): Contact {
  return new Contact(new EngineState(new Core(fakeModule(replaced))), "u1");
}

function thrownBy(act: () => unknown): SegmentError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof SegmentError, String(error));
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("a trap is told once as it is, and then the engine answers nothing more", () => {
  const trap = new WebAssembly.RuntimeError("unreachable");
  let calls = 0;
  const contact = contactOn({
    apply() {
      calls += 1;
      throw trap;
    },
  });
  const error = thrownBy(() => contact.apply("{}"));
  assert.equal(error.code, "engine_failed");
  assert.equal(error.cause, trap);
  assert.match(error.message, /unreachable.*Create a new engine/);
  for (const use of [
    () => contact.apply("{}"),
    () => contact.has("x"),
    () => contact.memberships(),
    () => contact.nextChangeAt(),
    () => contact.advanceTo(0),
  ]) {
    const code = thrownBy(use).code;
    assert.ok(code === "engine_failed" || code === "unknown_segment", code);
  }
  assert.equal(calls, 1);
  contact.dispose();
});

test("a trap in any call is a failure of the engine", () => {
  const trap = () => {
    throw new RangeError("Maximum call stack size exceeded");
  };
  assert.equal(thrownBy(() => contactOn({ advanceTo: trap }).advanceTo(0)).code, "engine_failed");
  assert.equal(
    thrownBy(() => contactOn({ nextChangeAt: trap }).nextChangeAt()).code,
    "engine_failed",
  );
  assert.equal(
    thrownBy(() => contactOn({ memberships: trap }).memberships()).code,
    "engine_failed",
  );
  assert.equal(thrownBy(() => contactOn({ openContact: trap })).code, "engine_failed");
  assert.equal(thrownBy(() => contactOn({ reserveInput: trap })).code, "engine_failed");
  contactOn({ closeContact: trap }).dispose();
});

test("without memory for a call the engine remains usable", () => {
  let status = 2;
  const contact = contactOn({ apply: () => status });
  const error = thrownBy(() => contact.apply("{}"));
  assert.equal(error.code, "out_of_memory");
  assert.equal(error.applied, undefined);
  status = 0;
  assert.deepEqual(contact.apply("{}"), { deltas: [], refused: [] });
});

test("without memory for the input, or for a contact, it is the same", () => {
  let address = 64;
  const contact = contactOn({ reserveInput: () => address });
  address = 0;
  const message = { type: "page", userId: "u1", name: "x".repeat(9_000) } as const;
  assert.equal(thrownBy(() => contact.apply(message)).code, "out_of_memory");
  address = 64;
  assert.deepEqual(contact.apply(message), { deltas: [], refused: [] });
  assert.equal(thrownBy(() => contactOn({ openContact: () => -1 })).code, "out_of_memory");
});

test("what was applied before the memory ran out is not lost", () => {
  let calls = 0;
  const response = Buffer.from('{"refused":[{"line":2,"code":"c","message":"m"}],"warnings":[]}');
  heap.set(response, responseAddress);
  heap.set(Buffer.from("idhashu1m1"), textAddress);
  const texts = [textAddress, 2, textAddress + 2, 4, textAddress + 6, 2, textAddress + 8, 2];
  new Float64Array(heap.buffer, deltaAddress).set([7, 1_000, 2_000, 1, 0, -1, ...texts]);
  const contact = contactOn({
    apply: () => (++calls === 1 ? 0 : 2),
    responseAddress: () => responseAddress,
    responseLength: () => response.length,
    deltaAddress: () => deltaAddress,
    deltaCount: () => 1,
  });
  const line = `{"type":"page","userId":"u1","name":"${"x".repeat(1_000)}"}\n`;
  const error = thrownBy(() => contact.apply(line.repeat(500)));
  assert.equal(error.code, "out_of_memory");
  assert.deepEqual(error.applied?.deltas, [
    {
      id: "::u1:7",
      source: "",
      epoch: "",
      contact: "u1",
      sequence: 7,
      segment: "id",
      definition: "hash",
      change: "entered",
      at: "1970-01-01T00:00:01.000Z",
      decidedAt: "1970-01-01T00:00:02.000Z",
      cause: "message",
      messageId: "m1",
    },
  ]);
  assert.equal(error.applied?.refused[0]?.line, 2);
  assert.match(error.message, /After line \d+ /);
});
