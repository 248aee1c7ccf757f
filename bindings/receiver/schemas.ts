/**
 * The tables of the receiver. Instants are epoch milliseconds (UTC).
 *
 * - `fosterflow_contacts`: which epoch of a source is open for a contact; its row is what requests of one contact wait on.
 * - `fosterflow_progress`: the highest applied sequence of each (source, epoch, contact), and how many deltas its opening has.
 * - `fosterflow_memberships`: in which segments a contact is, according to each source; `since` is the `at` of the delta.
 */
export const postgresqlSchema = `
CREATE TABLE IF NOT EXISTS fosterflow_contacts (
  source text NOT NULL,
  contact text NOT NULL,
  epoch text NOT NULL,
  PRIMARY KEY (source, contact)
);
CREATE TABLE IF NOT EXISTS fosterflow_progress (
  source text NOT NULL,
  epoch text NOT NULL,
  contact text NOT NULL,
  applied bigint NOT NULL,
  opening bigint NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (source, epoch, contact)
);
CREATE TABLE IF NOT EXISTS fosterflow_memberships (
  source text NOT NULL,
  contact text NOT NULL,
  segment text NOT NULL,
  definition text NOT NULL,
  epoch text NOT NULL,
  sequence bigint NOT NULL,
  since bigint NOT NULL,
  PRIMARY KEY (source, contact, segment)
);
CREATE INDEX IF NOT EXISTS fosterflow_memberships_of_segment
  ON fosterflow_memberships (segment, contact);
`;

/** As `postgresqlSchema`; for SQLite 3.35 or newer, D1 and Durable Objects. */
export const sqliteSchema = postgresqlSchema.replaceAll("bigint", "integer");
