import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { now } from "../../clock.ts";
import { eraseContact } from "../../contact/erase_contact.ts";
import { rulesOf } from "../../engine/rules.ts";
import { askContact } from "../../ingest/ask_contact.ts";
import { contactIdRule, isContactId } from "../../ingest/contact_id.ts";
import { log } from "../../operations/log.ts";
import { base64Of } from "../../studio/base64.ts";
import type { ExplainRequest } from "../../studio/studio_requests.ts";
import type { AppTypes } from "../app.ts";
import { HttpProblem } from "../problem.ts";
import { instantParameter, managed, notFound } from "./managed.ts";
import { isoText } from "./segments.ts";

/** What is known of one contact, and its erasure. */
export const contactRoutes = new Hono<AppTypes>();

contactRoutes.get("/v1/contacts/:contact/segments", async (context) => {
  const { name: workspace } = await managed(context);
  const asked = contactId(context);
  const { answer, contact } = await askContact(context.env, workspace, asked, (stub, at) =>
    stub.memberships({ workspace, contact: at }),
  );
  if (answer.kind === "unknown") throw notFound("contact of this id");
  return context.json({
    contact,
    version: answer.version,
    segments: answer.memberships.map(({ segment, since }) => ({ segment, since: isoText(since) })),
    nextChangeAt: answer.nextChangeAt === null ? null : isoText(answer.nextChangeAt),
  });
});

contactRoutes.get("/v1/contacts/:contact/explain/:segment", async (context) => {
  const { name: workspace } = await managed(context);
  const asked = contactId(context);
  const at = instantParameter(context, "at") ?? now();
  const { answer, contact } = await askContact(context.env, workspace, asked, (stub, id) =>
    stub.copy({ workspace, contact: id }),
  );
  if (answer.kind === "unknown") throw notFound("contact of this id");
  const { configuration } = await rulesOf(context.env, workspace);
  const { version, segments, parameters } = configuration;
  const segment = context.req.param("segment");
  const request: ExplainRequest = {
    ...{ workspace, version, segments, parameters, contact, segment, at },
    snapshot: base64Of(answer.snapshot),
  };
  const response = await context.env.STUDIO.fetch("https://studio/explain", {
    method: "POST",
    body: JSON.stringify(request),
  });
  if (response.status === 404) throw notFound("segment of this id");
  if (!response.ok)
    throw new HttpProblem("unavailable", "It cannot be explained now. Try again in a moment.");
  return context.body(await response.text(), 200, { "content-type": "application/json" });
});

/** Erases a contact with all its ids: objects, index, counts, feed, lists. May be repeated. */
contactRoutes.delete("/v1/contacts/:contact", async (context) => {
  const { name: workspace } = await managed(context);
  const ids = await eraseContact(context.env, workspace, contactId(context));
  log("info", "contact erased", {
    workspace,
    ids: ids.length,
    requestId: context.get("requestId"),
  });
  return context.json({ erased: ids });
});

/** An id of the path, as contacts have it. */
export function contactId(context: Context<AppTypes>): string {
  const id = context.req.param("contact") ?? "";
  if (isContactId(id)) return id;
  throw new HttpProblem("parameter_invalid", contactIdRule);
}
