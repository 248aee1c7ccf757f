import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, expect, test, vi } from "vitest";
import { ShardObject } from "../../source/shard/shard_object.ts";
import { shardOf } from "../../source/shard/shard_of.ts";
import {
  ask,
  basic,
  contactStub,
  contents,
  define,
  identityStub,
  listStub,
  shardStubs,
  track,
  worker,
} from "./inside_world.ts";
import { sampledAdminKey, sampledWriteKey } from "./workspaces.ts";

afterEach(() => vi.restoreAllMocks());

const workspace = "sampled";
const admin = (method: string, path: string, body?: unknown) =>
  ask(method, path, body, `Bearer ${sampledAdminKey}`);
const write = (path: string, body: unknown) => ask("POST", path, body, basic(sampledWriteKey));

/** Everything that any object of the workspace has stored. */
async function everything(ids: readonly string[], list: string): Promise<Record<string, string>> {
  const entries = await Promise.all(
    [
      ...ids.map((id) => [`contact ${id}`, contactStub(id, workspace)] as const),
      ...shardStubs(workspace).map((stub, shard) => [`shard ${shard}`, stub] as const),
      ["identity", identityStub(workspace)] as const,
      ["list", listStub(list, workspace)] as const,
    ].map(async ([name, stub]) => [name, await contents(stub)] as const),
  );
  return Object.fromEntries(entries);
}

const holders = (all: Record<string, string>, id: string) =>
  Object.keys(all).filter((name) => all[name]?.includes(id));

test("nothing of a contact stays anywhere: objects, outbox, sample, index, counts, feed, parked, lists, aliases, live feed", async () => {
  const id = "erase-person";
  const device = "erase-device";
  await admin("PUT", "/v1/segments/erasable", {
    version: 1,
    when: { kind: "event", event: "Erasable" },
  });
  await admin("PUT", "/v1/endpoints/refusing", { url: "http://127.0.0.1:9/" });
  await write("/v1/track", { userId: device, event: "Erasable", properties: { text: "private" } });
  await write("/v1/alias", { userId: id, previousId: device });
  await admin("PUT", "/v1/lists/erasable", `${id}\nsomebody-else\n`);
  await vi.waitFor(async () =>
    expect((await admin("GET", "/v1/lists/erasable")).json["waiting"]).toBe(0),
  );
  await vi.waitFor(async () =>
    expect((await admin("GET", "/v1/segments/erasable")).json["count"]).toBe(1),
  );
  const shard = shardOf(id);
  await shardStubs(workspace)[shard]?.reportParked(
    "refusing",
    id,
    JSON.stringify([{ waiting: 1 }]),
  );
  const { webSocket } = await worker.fetch(`https://edge/v1/live/${id}`, {
    headers: { authorization: `Bearer ${sampledAdminKey}`, upgrade: "websocket" },
  });
  const heard: string[] = [];
  webSocket?.addEventListener("message", ({ data }) => heard.push(String(data)));
  webSocket?.accept();

  const before = await everything([id, device], "erasable");
  expect(holders(before, id)).toEqual(
    expect.arrayContaining([
      `contact ${id}`,
      `contact ${device}`,
      `shard ${shard}`,
      "identity",
      "list",
    ]),
  );
  expect(before[`contact ${id}`]).toContain("private");

  const { status, json } = await admin("DELETE", `/v1/contacts/${device}`);
  expect([status, json["erased"]]).toEqual([200, [device, id].sort()]);

  const after = await everything([id, device], "erasable");
  for (const text of [id, device, "private"]) expect(holders(after, text), text).toEqual([]);
  expect(after["list"]).toContain("somebody-else");
  expect((await admin("GET", "/v1/segments/erasable")).json["count"]).toBe(0);
  expect((await admin("GET", `/v1/contacts/${id}/segments`)).status).toBe(404);
  expect((await admin("GET", `/v1/contacts/${device}/segments`)).status).toBe(404);
  await vi.waitFor(() => expect(JSON.parse(heard.at(-1) ?? "{}")["type"]).toBe("erased"));
  // It may be repeated, and said of somebody whom nobody knows.
  expect((await admin("DELETE", `/v1/contacts/${id}`)).json["erased"]).toEqual([id]);
});

test("what is under way to the index when a contact is erased does not bring it back", async () => {
  await define("hasty", { kind: "event", event: "Hasty" });
  const fetch = ShardObject.prototype.fetch;
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = vi.spyOn(ShardObject.prototype, "fetch").mockImplementation(async function (
    this: ShardObject,
    request: Request,
  ) {
    await gate;
    return fetch.call(this, request);
  });
  await track("hasty-person", "Hasty", "h");
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  const erasing = ask("DELETE", "/v1/contacts/hasty-person");
  await new Promise((resolve) => setTimeout(resolve, 200));
  release();
  expect((await erasing).status).toBe(200);
  // What would come too late would come now.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const texts = await Promise.all([contactStub("hasty-person"), ...shardStubs()].map(contents));
  expect(texts.filter((text) => text.includes("hasty-person"))).toEqual([]);
});

test("a list that is being told brings nobody back who is erased meanwhile", async () => {
  const ids = Array.from({ length: 60 }, (_, index) => `listed-${String(index).padStart(2, "0")}`);
  await ask("PUT", "/v1/lists/hasty", ids.join("\n"));
  const telling = runDurableObjectAlarm(listStub("hasty"));
  const erased = ids.slice(20).reverse();
  for (const id of erased) await ask("DELETE", `/v1/contacts/${id}`);
  await telling;
  await vi.waitFor(async () =>
    expect((await ask("GET", "/v1/lists/hasty")).json["waiting"]).toBe(0),
  );
  for (const id of erased) {
    expect((await ask("GET", `/v1/contacts/${id}/segments`)).status, id).toBe(404);
  }
  expect((await ask("GET", "/v1/lists/hasty")).json["contacts"]).toBe(20);
});
