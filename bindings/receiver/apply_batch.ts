import type { RefusedAnswer, Stream } from "../delivery/wire.ts";
import type { Delta } from "../javascript/delta_types.ts";
import type { ReceivedBatch } from "./received_batch.ts";
import type { SqlTransaction } from "./sql_store.ts";

/** A membership that is not as it was before. */
export interface MembershipChange {
  readonly segment: string;
  readonly change: "entered" | "exited";
  /** Null when the segment is left because a new epoch opened without it. */
  readonly delta: Delta | null;
}

/** What a request brought that was not known yet. */
export interface AppliedDeltas extends Stream {
  /** Each delta is here once, ever, in order. */
  readonly deltas: readonly Delta[];
  /** What that changes; less than the deltas where an epoch opens with memberships that are known. */
  readonly changes: readonly MembershipChange[];
}

/** Why a batch is not applied; thrown inside the transaction, so that nothing of it stays. */
export class BatchRefusal extends Error {
  readonly status: number;
  readonly answer: RefusedAnswer;

  constructor(status: number, answer: RefusedAnswer) {
    super(answer.message);
    this.status = status;
    this.answer = answer;
  }
}

/** The highest applied sequence, and what is new since. */
export interface AppliedBatch {
  readonly acked: number;
  readonly applied: AppliedDeltas;
}

/**
 * Applies the deltas of a batch that are not applied yet.
 *
 * @param receivedAt epoch milliseconds
 * @throws BatchRefusal for a gap, and for an epoch that is over
 */
export async function applyBatch(
  sql: SqlTransaction,
  batch: ReceivedBatch,
  receivedAt: number,
): Promise<AppliedBatch> {
  const { source, epoch, contact } = batch;
  const openEpoch = await lockedEpoch(sql, batch);
  const progress = await progressOf(sql, batch);
  const first = batch.deltas[0]?.sequence ?? batch.refused?.sequence ?? 1;
  if (progress !== undefined && openEpoch !== epoch)
    return supersededBatch(batch, progress.applied);
  const before = progress?.applied ?? 0;
  if (first > before + 1) {
    const expected = before + 1;
    const message = `The delta ${expected} comes next, not ${first}.`;
    throw new BatchRefusal(409, { error: "sequence_gap", expected, message });
  }
  const opening = progress?.opening ?? batch.opening ?? 0;
  const deltas = batch.deltas.filter(({ sequence }) => sequence > before);
  const acked = before + deltas.length;
  if (progress === undefined) await openProgress(sql, batch, opening, receivedAt);
  const changes: MembershipChange[] = [];
  let isOpen = progress !== undefined && before >= opening;
  for (const delta of deltas) {
    if (!isOpen && delta.sequence > opening) {
      changes.push(...(await closeEpochsBefore(sql, batch)));
      isOpen = true;
    }
    // What the epoch before knew already is not entered anew.
    if (isOpen || !(await isMember(sql, delta))) changes.push(changeOf(delta));
    await applyDelta(sql, delta);
  }
  if (!isOpen && acked >= opening) changes.push(...(await closeEpochsBefore(sql, batch)));
  if (deltas.length > 0) {
    await sql.query(
      "UPDATE fosterflow_progress SET applied = ?, received_at = ? WHERE source = ? AND epoch = ? AND contact = ?",
      [acked, receivedAt, source, epoch, contact],
    );
  }
  return { acked, applied: { source, epoch, contact, deltas, changes } };
}

/** The epoch that is open for the contact, if one is. Other requests for this contact wait from here on. */
async function lockedEpoch(sql: SqlTransaction, { source, contact }: Stream): Promise<unknown> {
  // The update that changes nothing locks the row, in every database.
  const rows = await sql.query(
    "INSERT INTO fosterflow_contacts (source, contact, epoch) VALUES (?, ?, '') " +
      "ON CONFLICT (source, contact) DO UPDATE SET contact = excluded.contact RETURNING epoch",
    [source, contact],
  );
  return rows[0]?.["epoch"];
}

async function progressOf(sql: SqlTransaction, { source, epoch, contact }: Stream) {
  const rows = await sql.query(
    "SELECT applied, opening FROM fosterflow_progress WHERE source = ? AND epoch = ? AND contact = ?",
    [source, epoch, contact],
  );
  const row = rows[0];
  return row && { applied: Number(row["applied"]), opening: Number(row["opening"]) };
}

/** Of an epoch that is over, only what was applied can be acknowledged. */
function supersededBatch(batch: ReceivedBatch, acked: number): AppliedBatch {
  const { source, epoch, contact } = batch;
  if (batch.refused === undefined && (batch.deltas.at(-1)?.sequence ?? 0) <= acked) {
    return { acked, applied: { source, epoch, contact, deltas: [], changes: [] } };
  }
  const message = `A later epoch than "${epoch}" is open for this contact.`;
  throw new BatchRefusal(409, { error: "epoch_superseded", message });
}

async function openProgress(
  sql: SqlTransaction,
  { source, epoch, contact }: Stream,
  opening: number,
  receivedAt: number,
): Promise<void> {
  await sql.query(
    "INSERT INTO fosterflow_progress (source, epoch, contact, applied, opening, received_at) VALUES (?, ?, ?, 0, ?, ?)",
    [source, epoch, contact, opening, receivedAt],
  );
  await sql.query("UPDATE fosterflow_contacts SET epoch = ? WHERE source = ? AND contact = ?", [
    ...[epoch, source, contact],
  ]);
}

/** The opening is here whole: what only the epochs before knew is over. */
async function closeEpochsBefore(
  sql: SqlTransaction,
  { source, epoch, contact }: Stream,
): Promise<MembershipChange[]> {
  const rows = await sql.query(
    "DELETE FROM fosterflow_memberships WHERE source = ? AND contact = ? AND epoch <> ? RETURNING segment",
    [source, contact, epoch],
  );
  return rows
    .map((row) => String(row["segment"]))
    .sort()
    .map((segment) => ({ segment, change: "exited", delta: null }));
}

async function isMember(
  sql: SqlTransaction,
  { source, contact, segment }: Delta,
): Promise<boolean> {
  const rows = await sql.query(
    "SELECT sequence FROM fosterflow_memberships WHERE source = ? AND contact = ? AND segment = ?",
    [source, contact, segment],
  );
  return rows.length > 0;
}

async function applyDelta(sql: SqlTransaction, delta: Delta): Promise<void> {
  const { source, epoch, contact, sequence, segment, definition, change, at } = delta;
  if (change === "exited") {
    await sql.query(
      "DELETE FROM fosterflow_memberships WHERE source = ? AND contact = ? AND segment = ?",
      [source, contact, segment],
    );
    return;
  }
  await sql.query(
    "INSERT INTO fosterflow_memberships (source, contact, segment, definition, epoch, sequence, since) " +
      "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, contact, segment) DO UPDATE SET " +
      "definition = excluded.definition, epoch = excluded.epoch, sequence = excluded.sequence, since = excluded.since",
    [source, contact, segment, definition, epoch, sequence, Date.parse(at)],
  );
}

function changeOf(delta: Delta): MembershipChange {
  return { segment: delta.segment, change: delta.change, delta };
}
