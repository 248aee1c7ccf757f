import { DatabaseSync } from "node:sqlite";
import { createReceiver, sqliteSchema, sqliteStore } from "@fosterflow/segments/receiver";
import { deltaServer } from "./http-server.mjs";

// Node.js 22.13 or newer: DATABASE_FILE=deltas.sqlite WEBHOOK_SECRET=whsec_… PORT=8080 node sqlite.mjs
// With better-sqlite3, `query` is: (text, values) => { const s = database.prepare(text);
//   return s.reader ? s.all(...values) : (s.run(...values), []); }

const database = new DatabaseSync(process.env.DATABASE_FILE ?? "deltas.sqlite");
database.exec(sqliteSchema);

const receiver = await createReceiver({
  store: sqliteStore((text, values) => database.prepare(text).all(...values)),
  secrets: (process.env.WEBHOOK_SECRET ?? "").split(" "),
  onError: (error) => console.error(error),
});

const server = deltaServer(receiver).listen(Number(process.env.PORT ?? 8080), () => {
  console.log(`listening on ${server.address().port}`);
});
