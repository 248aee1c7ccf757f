import { createEngine } from "@fosterflow/segments";
import { createAudience } from "@fosterflow/segments/audience";
import { instantiate, templates } from "@fosterflow/segments/authoring";
import { decide } from "../../program.mjs";

export const runtime = "edge";

export async function GET() {
  const outcome = await decide({ createEngine, createAudience, instantiate, templates });
  return Response.json(outcome);
}
