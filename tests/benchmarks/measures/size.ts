import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { PackageUnderTest } from "../package_under_test.ts";
import type { Figure, Row } from "../report/row.ts";

const target = 60_000;

interface Sizes {
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

function sizesOf(bytes: Uint8Array): Sizes {
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotli.length,
  };
}

function rowOf(question: string, { raw, gzip, brotli }: Sizes): Row {
  const others = [raw, gzip].map((bytes) => (bytes / 1000).toFixed(1));
  return {
    question,
    unit: "kB",
    value: brotli,
    note: `${others[0]} kB raw, ${others[1]} kB gzip`,
  };
}

/** How much has a page to load? The entry carries the core as base64; a server may send the two apart. */
export function measureSize({ entry, wasm }: PackageUnderTest): Figure {
  const script = readFileSync(new URL(entry), "utf8");
  const inline = Buffer.from(wasm).toString("base64");
  if (!script.includes(inline)) throw new Error("index.js does not carry the core beside it");
  const core = sizesOf(wasm);
  const glue = sizesOf(Buffer.from(script.replace(inline, "")));
  const both: Sizes = {
    raw: core.raw + glue.raw,
    gzip: core.gzip + glue.gzip,
    brotli: core.brotli + glue.brotli,
  };
  return {
    title: "Size, with brotli",
    rows: [
      rowOf("core.wasm", core),
      rowOf("the JavaScript around it, minified", glue),
      { ...rowOf("both", both), target },
      rowOf("index.js as published, the core in it as base64", sizesOf(Buffer.from(script))),
    ],
  };
}
