import type { Server } from "node:http";

export function deltaServer(receiver: { receive(request: Request): Promise<Response> }): Server;
