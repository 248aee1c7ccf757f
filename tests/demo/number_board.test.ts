import assert from "node:assert/strict";
import { test } from "node:test";
import { NumberBoard } from "../../web-demo/source/engine/number_board.ts";

const first = { count: 7, contacts: 10, milliseconds: 0.25 };

test("a number is read by the request that it answers, and by no other", () => {
  const board = new NumberBoard();
  assert.equal(board.read(1), undefined);
  board.write(1, first);
  assert.deepEqual(new NumberBoard(board.memory).read(1), first);
  assert.equal(board.read(2), undefined);
  board.write(2, { ...first, count: 8 });
  assert.equal(board.read(1), undefined, "the newer one stands in its place");
  assert.equal(board.read(2)?.count, 8);
});
