import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { shardStub } from "../../environment.ts";
import { shardCount } from "../../limits.ts";
import type { AppTypes } from "../app.ts";
import { HttpProblem } from "../problem.ts";
import { managed, pageLimit } from "./managed.ts";
import { shards } from "./segments.ts";

/** The feed: all deltas of a workspace, each once, in order within each contact. */
export const deltaRoutes = new Hono<AppTypes>();

deltaRoutes.get("/v1/deltas", async (context) => {
  const { name } = await managed(context);
  const limit = pageLimit(context);
  const positions = positionsOf(context);
  const pages = await Promise.all(
    shards().map((shard) => shardStub(context.env, name, shard).feed(positions[shard] ?? 0, limit)),
  );
  const isExpired = pages.some(
    ({ prunedTo }, shard) =>
      context.req.query("after") !== undefined && (positions[shard] ?? 0) < prunedTo,
  );
  if (isExpired) {
    throw new HttpProblem(
      "cursor_expired",
      "Deltas after this cursor are no longer kept. Read all memberships anew, then go on without a cursor.",
    );
  }
  const deltas: unknown[] = [];
  const next = [...positions];
  // Each part gives its share, so that none of them waits for the others.
  let isMore = false;
  const share = Math.max(1, Math.ceil(limit / shardCount));
  const spare = pages.map((page) => page.deltas.slice(share));
  pages.forEach((page, shard) => {
    for (const { position, delta } of page.deltas.slice(0, share)) {
      if (deltas.length >= limit) break;
      deltas.push(JSON.parse(delta));
      next[shard] = position;
    }
  });
  spare.forEach((rest, shard) => {
    for (const { position, delta } of rest) {
      if (deltas.length >= limit) break;
      // Only right after what is already taken of this part.
      deltas.push(JSON.parse(delta));
      next[shard] = position;
    }
  });
  isMore = pages.some(({ last }, shard) => (next[shard] ?? 0) < last);
  return context.json({ deltas, cursor: cursorOf(next), isMore });
});

/** A cursor is the position in each part. */
function positionsOf(context: Context<AppTypes>): number[] {
  const cursor = context.req.query("after");
  if (cursor === undefined) return shards().map(() => 0);
  const positions = readCursor(cursor);
  if (positions !== undefined) return positions;
  throw new HttpProblem("parameter_invalid", "`after` is a `cursor` that an answer had.");
}

function readCursor(cursor: string): number[] | undefined {
  try {
    const value: unknown = JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
    const isGood =
      Array.isArray(value) &&
      value.length === shardCount &&
      value.every((position) => Number.isSafeInteger(position) && position >= 0);
    return isGood ? (value as number[]) : undefined;
  } catch {
    return undefined;
  }
}

function cursorOf(positions: readonly number[]): string {
  const text = btoa(JSON.stringify(positions));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
