import { createServer } from "node:http";
import { Readable } from "node:stream";

/**
 * A server of Node.js that hands `POST /v1/deltas` to a receiver.
 * @param {{ receive(request: Request): Promise<Response> }} receiver
 */
export function deltaServer(receiver) {
  return createServer(async (incoming, outgoing) => {
    if (incoming.url !== "/v1/deltas") {
      outgoing.writeHead(404).end();
      return;
    }
    const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
    const request = new Request(`http://localhost${incoming.url}`, {
      method: incoming.method,
      headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ...(hasBody ? { body: Readable.toWeb(incoming), duplex: "half" } : {}),
    });
    const response = await receiver.receive(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
}
