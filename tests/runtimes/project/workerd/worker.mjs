import { createEngine } from "@fosterflow/segments";
import { createAudience } from "@fosterflow/segments/audience";
import { instantiate, templates } from "@fosterflow/segments/authoring";
import { decide } from "../program.mjs";

export default {
  // At start-up there are no clock and no random numbers, so an engine is made when the first request comes.
  async fetch() {
    const outcome = await decide({ createEngine, createAudience, instantiate, templates });
    return Response.json(outcome);
  },
};
