import { createEngine } from "@fosterflow/segments";
import { createAudience } from "@fosterflow/segments/audience";
import { instantiate, templates } from "@fosterflow/segments/authoring";
import { decide } from "../program.mjs";

const outcome = await decide({ createEngine, createAudience, instantiate, templates });
console.log(JSON.stringify(outcome));
