import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createSender, MemoryOutbox } from "../../bindings/delivery/index.ts";
import { secret, someDeltas } from "./delivery_world.ts";

/** Starts a server of docs/examples/receiver as its own process, delivers to it twice over loopback, and ends it. */
export async function deliverToExample(
  name: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const file = fileURLToPath(new URL(`../../docs/examples/receiver/${name}`, import.meta.url));
  const env = { ...process.env, ...environment, WEBHOOK_SECRET: secret, PORT: "0" };
  const server = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const endpoint = `http://127.0.0.1:${await portOf(server)}/v1/deltas`;
    const outbox = new MemoryOutbox();
    const failures: unknown[] = [];
    const onEvent = (event: { type: string }) => {
      if (event.type !== "delivered") failures.push(event);
    };
    const sender = await createSender({ endpoint, outbox, secrets: [secret], onEvent });
    outbox.append([...someDeltas(1, 150), ...someDeltas(1, 3, { contact: "ü" })]);
    assert.equal(await sender.deliver(), null);
    assert.deepEqual([failures, await outbox.streams()], [[], []]);
    const again = new MemoryOutbox();
    again.append(someDeltas(1, 151));
    const other = await createSender({ endpoint, outbox: again, secrets: [secret], onEvent });
    assert.equal(await other.deliver(), null);
    assert.deepEqual([failures, await again.streams()], [[], []]);
  } finally {
    const ended = once(server, "exit");
    server.kill();
    await ended;
  }
}

async function portOf(server: ChildProcess): Promise<string> {
  assert.ok(server.stdout);
  for await (const line of createInterface(server.stdout)) {
    const port = /^listening on (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error("the server ended");
}
