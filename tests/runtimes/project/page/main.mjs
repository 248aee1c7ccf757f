import { createEngine } from "@fosterflow/segments";
import { createAudience } from "@fosterflow/segments/audience";
import { instantiate, templates } from "@fosterflow/segments/authoring";
import { decide } from "../program.mjs";

async function start() {
  const outcome = await decide({ createEngine, createAudience, instantiate, templates });
  await fetch("/outcome", { method: "POST", body: JSON.stringify(outcome) });
}

start().catch((error) => fetch("/failure", { method: "POST", body: error.message }));
