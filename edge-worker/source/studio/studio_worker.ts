import { SegmentError } from "@fosterflow/segments";
import type { Environment } from "../environment.ts";
import { explained } from "./explain.ts";
import { openApiDocument } from "./openapi.ts";
import { sampleOf } from "./samples.ts";
import type { EvaluateRequest, ExplainRequest } from "./studio_requests.ts";

/**
 * What people ask while they write rules, and machines do not: reasons, counts of rules that nobody has saved, the API's document. A
 * worker of its own, since the cores for that are larger than all of the edge worker. Only that can reach it.
 */

export type StudioEnvironment = Pick<Environment, "CONTACTS" | "SHARDS">;

export default {
  async fetch(request, environment) {
    const { pathname } = new URL(request.url);
    if (pathname === "/openapi.json") return Response.json(openApiDocument);
    try {
      if (pathname === "/explain") {
        return Response.json(await explained((await request.json()) as ExplainRequest));
      }
      const asked = (await request.json()) as EvaluateRequest;
      return Response.json((await sampleOf(environment, asked)).evaluate(asked));
    } catch (error) {
      if (!(error instanceof SegmentError)) throw error;
      const { code, message, problems } = error;
      if (code === "unknown_segment") return Response.json({ message }, { status: 404 });
      if (code === "definitions_refused")
        return Response.json({ message, problems }, { status: 422 });
      throw error;
    }
  },
} satisfies ExportedHandler<StudioEnvironment>;
