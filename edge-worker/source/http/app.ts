import { Hono } from "hono/tiny";
import type { Environment } from "../environment.ts";
import { errorText, log } from "../operations/log.ts";
import { count, metricsText } from "../operations/metrics.ts";
import { areSameKeys, bearerToken } from "./authentication.ts";
import { withCors } from "./cors.ts";
import { HttpProblem, problemResponse } from "./problem.ts";
import { contactRoutes } from "./routes/contacts.ts";
import { deltaRoutes } from "./routes/deltas.ts";
import { endpointRoutes } from "./routes/endpoints.ts";
import { listRoutes } from "./routes/lists.ts";
import { liveRoutes } from "./routes/live.ts";
import { segmentRoutes } from "./routes/segments.ts";
import { trackingRoutes } from "./routes/tracking.ts";
import { workspacesOf } from "./workspaces.ts";

export interface AppTypes {
  Bindings: Environment;
  Variables: { requestId: string };
}

export const app = new Hono<AppTypes>();

app.use("*", async (context, next) => {
  const begun = Date.now();
  const given = context.req.header("x-request-id") ?? "";
  const requestId = /^[\w.:-]{1,100}$/.test(given) ? given : crypto.randomUUID();
  context.set("requestId", requestId);
  await next();
  context.header("x-request-id", requestId);
  const route = context.req.routePath;
  const { status } = context.res;
  count("edge_http_requests_total", { method: context.req.method, route, status });
  count("edge_http_seconds_total", { route }, (Date.now() - begun) / 1000);
  const level = status >= 500 ? "error" : "debug";
  const milliseconds = Date.now() - begun;
  log(level, "request answered", {
    ...{ requestId, method: context.req.method, route, status, milliseconds },
  });
});

app.use("*", withCors);

for (const routes of [
  trackingRoutes,
  segmentRoutes,
  contactRoutes,
  deltaRoutes,
  listRoutes,
  endpointRoutes,
  liveRoutes,
]) {
  app.route("/", routes);
}

app.get("/health", async (context) => {
  await workspacesOf(context.env);
  return context.json({ status: "ok" });
});

app.get("/openapi.json", (context) => context.env.STUDIO.fetch("https://studio/openapi.json"));

app.get("/metrics", async (context) => {
  const wanted = context.env.METRICS_KEY;
  const given = bearerToken(context.req.header("authorization"));
  if (wanted === undefined || !(await areSameKeys(given, wanted))) {
    throw new HttpProblem("unauthorized", "Send the METRICS_KEY as `Authorization: Bearer`.");
  }
  return context.body(metricsText(), 200, { "content-type": "text/plain; version=0.0.4" });
});

app.notFound((context) => {
  const problem = new HttpProblem(
    "not_found",
    `There is nothing at ${context.req.method} ${context.req.path}; /openapi.json lists what is.`,
  );
  return problemResponse(problem, context.get("requestId"));
});

app.onError((error, context) => {
  const requestId = context.get("requestId");
  if (error instanceof HttpProblem) return problemResponse(error, requestId);
  log("error", "request failed", { requestId, error: errorText(error) });
  const problem = new HttpProblem(
    "internal",
    "It is logged under the request id. Try again, or ask whoever runs this.",
  );
  return problemResponse(problem, requestId);
});
