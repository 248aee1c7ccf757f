import { readFile } from "node:fs/promises";
import { createAudience } from "@fosterflow/segments/audience";
import { instantiate, templates } from "@fosterflow/segments/authoring";
import { createEngine as createEngineOf } from "@fosterflow/segments/core";
import { decide } from "../program.mjs";

const file = new URL(import.meta.resolve("@fosterflow/segments/contact.wasm"));
// Compiled once; every engine is an instance of it.
const wasm = await WebAssembly.compile(await readFile(file));
const createEngine = (options) => createEngineOf({ ...options, wasm });

const outcome = await decide({ createEngine, createAudience, instantiate, templates });
console.log(JSON.stringify(outcome));
