import { createReceiver, postgresqlSchema, postgresqlStore } from "@fosterflow/segments/receiver";
import pg from "pg";
import { deltaServer } from "./http-server.mjs";

// DATABASE_URL=postgres://… WEBHOOK_SECRET=whsec_… PORT=8080 node postgresql.mjs

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
await pool.query(postgresqlSchema);
await pool.query("CREATE TABLE IF NOT EXISTS flow_starts (delta text PRIMARY KEY, flow text)");

const receiver = await createReceiver({
  store: postgresqlStore(pool),
  secrets: (process.env.WEBHOOK_SECRET ?? "").split(" "),
  onError: (error) => console.error(error),
  // In the transaction that applies the deltas: a flow starts once for each entry.
  async onApplied({ deltas }, sql) {
    for (const { id, segment, change, cause } of deltas) {
      const isAct = cause === "message" || cause === "time";
      if (change !== "entered" || !isAct) continue;
      await sql.query("INSERT INTO flow_starts (delta, flow) VALUES (?, ?)", [id, segment]);
    }
  },
});

const server = deltaServer(receiver).listen(Number(process.env.PORT ?? 8080), () => {
  console.log(`listening on ${server.address().port}`);
});
