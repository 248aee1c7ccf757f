import type { MiddlewareHandler } from "hono";
import type { AppTypes } from "./app.ts";
import { type Workspace, workspacesOf } from "./workspaces.ts";

const requestHeaders =
  "authorization, content-type, content-encoding, if-match, if-none-match, x-request-id";

/**
 * Lets pages of configured origins call the API. A preflight bears no key, so an origin of any workspace passes it; the answer itself is
 * readable only for origins of workspaces that list it, and keys decide what it is.
 */
export const withCors: MiddlewareHandler<AppTypes> = async (context, next) => {
  const origin = context.req.header("origin");
  if (origin === undefined) return next();
  const { byName } = await workspacesOf(context.env);
  const isAllowed = [...byName.values()].some((workspace) => isOriginOf(workspace, origin));
  if (context.req.method === "OPTIONS") {
    const headers: Record<string, string> = { vary: "origin" };
    if (isAllowed) {
      headers["access-control-allow-origin"] = origin;
      headers["access-control-allow-methods"] = "GET, POST, PUT, DELETE";
      headers["access-control-allow-headers"] = requestHeaders;
      headers["access-control-max-age"] = "86400";
    }
    return new Response(null, { status: 204, headers });
  }
  await next();
  if (context.res.status === 101) return;
  context.header("vary", "origin", { append: true });
  if (!isAllowed) return;
  context.header("access-control-allow-origin", origin);
  context.header("access-control-expose-headers", "etag, retry-after, x-request-id");
};

export function isOriginOf({ origins }: Workspace, origin: string): boolean {
  return origins.includes("*") || origins.includes(origin);
}
