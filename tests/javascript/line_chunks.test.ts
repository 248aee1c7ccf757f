import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boundedLine,
  byteChunks,
  byteLineCount,
  LineCutter,
  lineCount,
  textChunks,
} from "../../bindings/javascript/line_chunks.ts";

const chunkLength = 262_144;
const short = "a short line\n";
const long = `${"x".repeat(1_000_000)}\n`;

function cutInPieces(text: string, pieceLength: number): string[] {
  const cutter = new LineCutter();
  const chunks: string[] = [];
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += pieceLength) {
    // The reader's buffer is used again, as streams do.
    const piece = Buffer.from(bytes.subarray(start, start + pieceLength));
    for (const chunk of cutter.push(piece)) chunks.push(Buffer.from(chunk).toString());
    piece.fill(0);
  }
  for (const chunk of cutter.end()) chunks.push(Buffer.from(chunk).toString());
  return chunks;
}

test("chunks are whole lines of bounded length, and nothing is lost", () => {
  const text = Array.from(
    { length: 60_000 },
    (_, index) => `${"é".repeat(index % 40)}${index}\n`,
  ).join("");
  for (const whole of [text, `${text}the last without an end`]) {
    const ofText = [...textChunks(whole)];
    const ofBytes = [...byteChunks(Buffer.from(whole))].map((chunk) =>
      Buffer.from(chunk).toString(),
    );
    for (const chunks of [ofText, ofBytes, cutInPieces(whole, 65_536), cutInPieces(whole, 7_001)]) {
      assert.ok(chunks.join("") === whole);
      assert.ok(chunks.length > 2);
      for (const chunk of chunks.slice(0, -1)) {
        assert.ok(chunk.endsWith("\n"));
        assert.ok(Buffer.byteLength(chunk) <= 2 * chunkLength);
      }
    }
  }
});

test("of a line that is far too long only the beginning is passed on", () => {
  for (const text of [
    short + long + short,
    long,
    long.trimEnd(),
    short + long.trimEnd(),
    long + long,
  ]) {
    const lines = text.split("\n").filter((line) => line !== "");
    const ofBytes = [...byteChunks(Buffer.from(text))].map((chunk) =>
      Buffer.from(chunk).toString(),
    );
    const all = [
      [...textChunks(text)],
      ofBytes,
      ...[4_096, 65_536, 300_000].map((size) => cutInPieces(text, size)),
    ];
    for (const chunks of all) {
      let count = 0;
      for (const chunk of chunks) {
        assert.ok(chunk.length <= chunkLength, `${chunk.length}`);
        count += lineCount(chunk);
      }
      assert.equal(count, lines.length);
      // More than 64 KiB, so that it is refused.
      assert.ok(chunks.some((chunk) => /^x{65537,}\n?$/.test(chunk)));
    }
  }
});

test("lines are counted with and without an end", () => {
  for (const [text, lines] of [
    ["a", 1],
    ["a\n", 1],
    ["a\nb", 2],
    ["\n\n", 2],
  ] as const) {
    assert.equal(lineCount(text), lines);
    assert.equal(byteLineCount(Buffer.from(text)), lines);
  }
});

test("a line within the bound is left alone", () => {
  assert.equal(boundedLine(short), short);
  assert.ok(boundedLine(long).length > 65_536);
  assert.ok(boundedLine(long).length < 70_000);
});

test("nothing has no chunks", () => {
  assert.deepEqual([...textChunks("")], []);
  assert.deepEqual([...byteChunks(new Uint8Array(0))], []);
});
