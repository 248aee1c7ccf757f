import { createRequire } from "node:module";

/** The part of a browser's WebSocket that is used; Node.js 20 has none. */
export interface Socket {
  onmessage: (event: { data: unknown }) => void;
  onclose: (event: { code: number }) => void;
  onerror: () => void;
  onopen: () => void;
  close(): void;
}

const require = createRequire(new URL("clients/package.json", import.meta.url));
export const { WebSocket } = require("ws") as { WebSocket: new (address: string) => Socket };

/** Whether it opens, or is refused. */
export function isOpened(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.onerror = () => resolve(false);
    socket.onopen = () => resolve(true);
  });
}
