import { Hono } from "hono/tiny";
import { listStub, registryStub } from "../../environment.ts";
import { mostListBytes, mostListContacts, mostLists } from "../../limits.ts";
import { listContacts } from "../../lists/list_csv.ts";
import type { ListProgress } from "../../lists/list_object.ts";
import type { AppTypes } from "../app.ts";
import { bodyText } from "../body.ts";
import { HttpProblem } from "../problem.ts";
import { managed, notFound, pathId } from "./managed.ts";
import { isoText } from "./segments.ts";

/** Lists of contacts, such as those that a team keeps in a table. */
export const listRoutes = new Hono<AppTypes>();

listRoutes.get("/v1/lists", async (context) => {
  const { name } = await managed(context);
  const lists = await registryStub(context.env, name).lists();
  return context.json({
    lists: lists.map(({ id, updatedAt }) => ({ id, updatedAt: isoText(updatedAt) })),
  });
});

/** Replaces a list by the contacts of a CSV. */
listRoutes.put("/v1/lists/:id", async (context) => {
  const { name } = await managed(context);
  const id = pathId(context);
  const { contacts, refused } = listContacts(await bodyText(context.req.raw, mostListBytes));
  if (contacts.length > mostListContacts) {
    throw new HttpProblem("body_too_large", `A list has at most ${mostListContacts} contacts.`);
  }
  if (contacts.length === 0 && refused.length > 0) {
    throw new HttpProblem("messages_refused", "No row names a contact.", {
      refused: refused.slice(0, 100),
    });
  }
  const registry = registryStub(context.env, name);
  if (!(await registry.noteList(id))) {
    throw new HttpProblem("conflict", `A workspace has at most ${mostLists} lists.`);
  }
  const progress = await listStub(context.env, name, id).put(name, id, contacts);
  // The end of one of this id that was deleted may have come between.
  await registry.noteList(id);
  const answer = {
    id,
    ...shown(progress),
    refusedCount: refused.length,
    refused: refused.slice(0, 100),
  };
  return context.json(answer, 202);
});

listRoutes.get("/v1/lists/:id", async (context) => {
  const { name } = await managed(context);
  const id = pathId(context);
  const progress = await listStub(context.env, name, id).progress();
  if (progress === null) throw notFound("list of this id");
  return context.json({ id, ...shown(progress) });
});

/** Takes everybody off a list; when all are told, it is gone. */
listRoutes.delete("/v1/lists/:id", async (context) => {
  const { name } = await managed(context);
  const id = pathId(context);
  const progress = await listStub(context.env, name, id).remove();
  if (progress === null) throw notFound("list of this id");
  return context.json({ id, ...shown(progress) }, 202);
});

function shown({ contacts, waiting, updatedAt }: ListProgress) {
  return { contacts, waiting, updatedAt: isoText(updatedAt) };
}
