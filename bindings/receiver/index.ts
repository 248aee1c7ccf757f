/**
 * Receives the deltas that a sender delivers: verifies signature and order, and applies each delta exactly once, in one
 * transaction of a SQL database. docs/delivery.md is the protocol.
 *
 * @example
 * import { createReceiver, postgresqlSchema, postgresqlStore } from "@fosterflow/segments/receiver";
 *
 * await pool.query(postgresqlSchema);
 * const receiver = await createReceiver({ store: postgresqlStore(pool), secrets: [secret] });
 * const response = await receiver.receive(request);
 */

export type {
  AcknowledgedAnswer,
  DeliveryBatch,
  RefusalCode,
  RefusedAnswer,
  Stream,
} from "../delivery/wire.ts";
export { maximumRequestBytes } from "../delivery/wire.ts";
export type { Delta, DeltaCause } from "../javascript/delta_types.ts";
export type { AppliedDeltas, MembershipChange } from "./apply_batch.ts";
export type { PostgresqlClient, PostgresqlPool } from "./postgresql_store.ts";
export { postgresqlStore } from "./postgresql_store.ts";
export { longestNameLength } from "./received_batch.ts";
export type { ReceiverOptions, UnsignedRequest } from "./receiver.ts";
export { createReceiver, DeltaReceiver, DeltaRefusedError } from "./receiver.ts";
export { postgresqlSchema, sqliteSchema } from "./schemas.ts";
export type { SqlRow, SqlStore, SqlTransaction, SqlValue } from "./sql_store.ts";
export type { SqliteQuery } from "./sqlite_store.ts";
export { sqliteStore } from "./sqlite_store.ts";
export { timestampTolerance } from "./verify_webhook.ts";
