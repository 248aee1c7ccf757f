import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { now } from "../../clock.ts";
import {
  type IncomingMessage,
  type Receipt,
  readMessage,
  type SettledMessage,
} from "../../ingest/incoming_message.ts";
import { takeMessages } from "../../ingest/take_messages.ts";
import { mostBatchBytes, mostBatchMessages } from "../../limits.ts";
import { errorText, log } from "../../operations/log.ts";
import { count } from "../../operations/metrics.ts";
import type { AppTypes } from "../app.ts";
import { writingWorkspace } from "../authentication.ts";
import { bodyObject } from "../body.ts";
import { isOriginOf } from "../cors.ts";
import { HttpProblem } from "../problem.ts";
import { limitRate } from "../rate_limit.ts";
import type { Workspace } from "../workspaces.ts";

/** Segment's HTTP tracking API, under its paths and under the short ones that its browser library uses. */
export const trackingRoutes = new Hono<AppTypes>();

/** What the path says of the message; a batch says it in each. */
const types = {
  track: "track",
  t: "track",
  identify: "identify",
  i: "identify",
  page: "page",
  p: "page",
  screen: "screen",
  s: "screen",
  alias: "alias",
  a: "alias",
  group: "group",
  g: "group",
} as const;

for (const [path, type] of Object.entries(types)) {
  trackingRoutes.post(`/v1/${path}`, (context) => takeOne(context, type));
}
for (const path of ["/v1/batch", "/v1/b", "/v1/import"]) trackingRoutes.post(path, takeBatch);

async function takeOne(context: Context<AppTypes>, type: string): Promise<Response> {
  const receivedAt = now();
  const body = await bodyObject(context.req.raw, mostBatchBytes);
  const workspace = await admitted(context, body["writeKey"], 1);
  return take(context, workspace, [body], { receivedAt, sentAt: undefined, type });
}

async function takeBatch(context: Context<AppTypes>): Promise<Response> {
  const receivedAt = now();
  const body = await bodyObject(context.req.raw, mostBatchBytes);
  const { batch, sentAt, writeKey } = body;
  const messages = Array.isArray(batch) ? batch : undefined;
  const workspace = await admitted(context, writeKey, messages?.length ?? 1);
  if (messages === undefined) {
    throw new HttpProblem("body_unreadable", 'A batch is {"batch": [message, …]}.');
  }
  if (messages.length > mostBatchMessages) {
    const text = `A batch has at most ${mostBatchMessages} messages. Send less at once.`;
    throw new HttpProblem("body_too_large", text);
  }
  return take(context, workspace, messages, { receivedAt, sentAt });
}

async function admitted(
  context: Context<AppTypes>,
  bodyKey: unknown,
  messages: number,
): Promise<Workspace> {
  const workspace = await writingWorkspace(
    context.env,
    context.req.header("authorization"),
    bodyKey,
  );
  const origin = context.req.header("origin");
  if (origin !== undefined && !isOriginOf(workspace, origin)) {
    throw new HttpProblem(
      "unauthorized",
      "Pages of this origin may not send messages to this workspace.",
    );
  }
  limitRate(`${workspace.name}/messages`, messages, workspace.messagesPerSecond);
  return workspace;
}

async function take(
  context: Context<AppTypes>,
  workspace: Workspace,
  values: readonly unknown[],
  receipt: Receipt,
): Promise<Response> {
  const read = values.map((value, index) => readMessage(value, index, receipt));
  const messages = read.filter((one): one is IncomingMessage => one.kind === "message");
  const settled = read.filter((one): one is SettledMessage => one.kind !== "message");
  let refusedByCore: readonly SettledMessage[];
  try {
    refusedByCore = await takeMessages(context.env, workspace, messages, context.get("requestId"));
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    log("error", "messages not stored", {
      requestId: context.get("requestId"),
      error: errorText(error),
    });
    throw new HttpProblem(
      "unavailable",
      "Not all messages are stored. Send all of them again, with the same ids.",
      {},
      { "retry-after": "1" },
    );
  }
  const refused = [...settled.filter(({ kind }) => kind === "refused"), ...refusedByCore];
  const ignored = settled.filter(({ kind }) => kind === "ignored");
  const accepted = values.length - refused.length - ignored.length;
  count("edge_messages_total", { outcome: "accepted" }, accepted);
  count("edge_messages_total", { outcome: "refused" }, refused.length);
  count("edge_messages_total", { outcome: "ignored" }, ignored.length);
  const answer = {
    accepted,
    refused: refused.sort((left, right) => left.index - right.index).map(shown),
    ignored: ignored.map(shown),
  };
  if (accepted === 0 && refused.length > 0) {
    const [first] = answer.refused;
    const text = values.length === 1 ? (first?.message ?? "") : "`refused` says why, for each.";
    throw new HttpProblem("messages_refused", text, { refused: answer.refused });
  }
  return context.json({ success: true, ...answer });
}

function shown({ index, messageId, code, message }: SettledMessage) {
  return { index, ...(messageId === undefined ? {} : { messageId }), code, message };
}
