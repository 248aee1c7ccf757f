import type { Delta, Membership } from "@fosterflow/segments";
import { mostLiveFeeds } from "../limits.ts";
import type { LiveMessage } from "./contact_calls.ts";

/** Close codes, of the range that applications have for themselves. */
const closedMoved = 4301;
const closedErased = 4410;

/** Whoever listens to one contact. The host keeps the sockets while the object sleeps. */
export class LiveFeeds {
  readonly #context: DurableObjectState;

  constructor(context: DurableObjectState) {
    this.#context = context;
  }

  get areFull(): boolean {
    return this.#context.getWebSockets().length >= mostLiveFeeds;
  }

  /** Answers the upgrade, and tells the memberships as they are. */
  accept(request: Request, contact: string, memberships: readonly Membership[]): Response {
    const [client, server] = Object.values(new WebSocketPair());
    if (client === undefined || server === undefined) throw new Error("no WebSocket pair");
    this.#context.acceptWebSocket(server);
    send(server, { type: "memberships", contact, memberships });
    const protocol = request.headers.get("sec-websocket-protocol")?.split(",")[0]?.trim();
    const headers: Record<string, string> =
      protocol === undefined ? {} : { "sec-websocket-protocol": protocol };
    return new Response(null, { status: 101, webSocket: client, headers });
  }

  /** Tells deltas that are stored. */
  tell(deltas: readonly Delta[]): void {
    if (deltas.length === 0) return;
    for (const socket of this.#context.getWebSockets()) {
      for (const delta of deltas) send(socket, { type: "delta", delta });
    }
  }

  /** The contact goes on under another id: whoever listens is to open that. */
  closeMoved(to: string): void {
    this.#close({ type: "moved", to }, closedMoved);
  }

  closeErased(): void {
    this.#close({ type: "erased" }, closedErased);
  }

  /** Says why before closing: some clients learn of that only when the connection is gone. */
  #close(message: LiveMessage, code: number): void {
    for (const socket of this.#context.getWebSockets()) {
      send(socket, message);
      socket.close(code, message.type);
    }
  }
}

function send(socket: WebSocket, message: LiveMessage): void {
  try {
    socket.send(JSON.stringify(message));
  } catch {
    // It is closing; its close event tells.
  }
}
