import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
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

function sum(left: Sizes, right: Sizes): Sizes {
  return {
    raw: left.raw + right.raw,
    gzip: left.gzip + right.gzip,
    brotli: left.brotli + right.brotli,
  };
}

/** The entry with all that it imports, as one file. */
function bundled(entry: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    // It says that nothing of some chunks is wanted, which is as it should be.
    logLevel: "error",
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** How much has a page to load? The entry carries the core as base64; a server may send the two apart. */
export function measureSize({ entry, wasm, leanWasm }: PackageUnderTest): Figure {
  const script = bundled(fileURLToPath(entry));
  const inline = Buffer.from(wasm).toString("base64");
  if (!script.includes(inline)) throw new Error("index.js does not carry the core beside it");
  const lean = sizesOf(leanWasm);
  const core = sizesOf(wasm);
  const glue = sizesOf(Buffer.from(script.replace(inline, "")));
  return {
    title: "Size, with brotli",
    rows: [
      rowOf("contact.wasm, the lean core", lean),
      rowOf("core.wasm, with explanations", core),
      rowOf("the JavaScript around either, minified", glue),
      { ...rowOf("the lean core and the JavaScript", sum(lean, glue)), target },
      rowOf("core.wasm and the JavaScript", sum(core, glue)),
      rowOf(
        "index.js with what it imports, core.wasm in it as base64",
        sizesOf(Buffer.from(script)),
      ),
    ],
  };
}
