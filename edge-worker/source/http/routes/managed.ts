import type { Context } from "hono";
import { defaultPageItems, managementRequestsPerSecond, mostPageItems } from "../../limits.ts";
import type { AppTypes } from "../app.ts";
import { managedWorkspace } from "../authentication.ts";
import { HttpProblem } from "../problem.ts";
import { limitRate } from "../rate_limit.ts";
import type { Workspace } from "../workspaces.ts";

/** The workspace that the admin key opens, within its rate. */
export async function managed(context: Context<AppTypes>): Promise<Workspace> {
  const workspace = await managedWorkspace(context.env, context.req.header("authorization"));
  limitRate(`${workspace.name}/management`, 1, managementRequestsPerSecond);
  return workspace;
}

/** The parameter `limit` of a page. */
export function pageLimit(context: Context<AppTypes>): number {
  const text = context.req.query("limit");
  if (text === undefined) return defaultPageItems;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= mostPageItems) return limit;
  throw new HttpProblem(
    "parameter_invalid",
    `\`limit\` is a whole number from 1 to ${mostPageItems}.`,
  );
}

/** An instant given as ISO 8601 with offset, or epoch milliseconds; null when it is not given. */
export function instantParameter(context: Context<AppTypes>, name: string): number | null {
  const text = context.req.query(name);
  if (text === undefined) return null;
  const instant = /^-?\d+$/.test(text)
    ? Number(text)
    : /T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (Number.isInteger(instant) && Math.abs(instant) <= 8.64e15) return instant;
  const forms = "a time with offset, such as 2026-11-23T10:00:00Z, or epoch milliseconds";
  throw new HttpProblem("parameter_invalid", `\`${name}\` is ${forms}.`);
}

/** An id of the path that segments, endpoints and lists have. */
export function pathId(context: Context<AppTypes>): string {
  const id = context.req.param("id") ?? "";
  if (/^[A-Za-z0-9._-]{1,128}$/.test(id)) return id;
  throw new HttpProblem(
    "parameter_invalid",
    'An id is 1 to 128 of A-Z, a-z, 0-9, ".", "_" and "-".',
  );
}

export function notFound(what: string): HttpProblem {
  return new HttpProblem("not_found", `There is no ${what}.`);
}
