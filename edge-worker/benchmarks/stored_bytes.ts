/** What a contact's object has stored. */
export interface StoredBytes {
  /** Bytes of all values of all rows. */
  readonly content: number;
  /** Bytes of the database: whole pages of SQLite. */
  readonly database: number;
}
