import { createEngine } from "@fosterflow/segments";
import { createAudience } from "@fosterflow/segments/audience";
import { instantiate, templates } from "@fosterflow/segments/authoring";
import { decide } from "../program.mjs";

async function answer() {
  const outcome = await decide({ createEngine, createAudience, instantiate, templates });
  return Response.json(outcome);
}

addEventListener("fetch", (event) => event.respondWith(answer()));
