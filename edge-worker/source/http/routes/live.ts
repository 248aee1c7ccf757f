import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { now } from "../../clock.ts";
import { contactStub } from "../../environment.ts";
import {
  liveFeedsPerSecond,
  longestLiveToken,
  mostJoinedIds,
  mostManagementBytes,
} from "../../limits.ts";
import type { AppTypes } from "../app.ts";
import { optionalBodyObject } from "../body.ts";
import { liveTokenWorkspace, newLiveToken } from "../live_token.ts";
import { HttpProblem } from "../problem.ts";
import { limitRate } from "../rate_limit.ts";
import { contactId } from "./contacts.ts";
import { managed } from "./managed.ts";
import { isoText } from "./segments.ts";

/** A contact's deltas as they happen, over a WebSocket. */
export const liveRoutes = new Hono<AppTypes>();

/** A token for a page: good for the live feed of this one contact, for a while. */
liveRoutes.post("/v1/live/:contact/tokens", async (context) => {
  const workspace = await managed(context);
  const { seconds = 600 } = await optionalBodyObject(context.req.raw, mostManagementBytes);
  if (typeof seconds !== "number" || !(seconds > 0 && seconds * 1000 <= longestLiveToken)) {
    throw new HttpProblem(
      "parameter_invalid",
      `\`seconds\` is a number up to ${longestLiveToken / 1000}.`,
    );
  }
  const expiresAt = now() + seconds * 1000;
  const token = await newLiveToken(workspace, contactId(context), expiresAt);
  return context.json({ token, expiresAt: isoText(expiresAt) }, 201);
});

liveRoutes.get("/v1/live/:contact", async (context) => {
  if (context.req.header("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpProblem(
      "upgrade_required",
      "Open this address as a WebSocket.",
      {},
      { upgrade: "websocket" },
    );
  }
  let contact = contactId(context);
  const workspace = await listeningWorkspace(context, contact);
  for (let hops = 0; hops <= mostJoinedIds; hops += 1) {
    const url = new URL("https://contact/live");
    url.searchParams.set("workspace", workspace);
    url.searchParams.set("contact", contact);
    const response = await contactStub(context.env, workspace, contact).fetch(
      new Request(url, { headers: context.req.raw.headers }),
    );
    if (response.status === 101) return response;
    if (response.status === 429) {
      throw new HttpProblem("rate_limited", "This contact has as many live feeds as it may have.");
    }
    const { kind, to } = (await response.json()) as { kind: string; to?: string };
    if (kind !== "moved" || to === undefined) break;
    contact = to;
  }
  throw new HttpProblem(
    "unavailable",
    "The contact is being joined with another. Try again in a second.",
    {},
    { "retry-after": "1" },
  );
});

/** An admin key as `Authorization: Bearer`, or a token as `?token=`, since pages cannot send headers with a WebSocket. */
async function listeningWorkspace(context: Context<AppTypes>, contact: string): Promise<string> {
  const token = context.req.query("token");
  if (token === undefined) return (await managed(context)).name;
  const workspace = await liveTokenWorkspace(context.env, token, contact);
  if (workspace !== undefined) {
    limitRate(`${workspace.name}/live`, 1, liveFeedsPerSecond);
    return workspace.name;
  }
  throw new HttpProblem(
    "unauthorized",
    "The token is of another contact, or no longer good. Ask for another.",
  );
}
