/** What the receiver needs of a SQL database. */
export interface SqlStore {
  /**
   * Runs `work` in one transaction: commits when its promise is fulfilled, rolls back when it is rejected, and passes the
   * outcome on. READ COMMITTED is enough. Transactions of one contact wait for each other on its row.
   */
  transaction<Result>(work: (sql: SqlTransaction) => Promise<Result>): Promise<Result>;
}

/** A transaction under way. */
export interface SqlTransaction {
  /**
   * Runs one statement. Its parameters are written `?`, in order, which occurs nowhere else; databases with another notation are
   * translated to.
   *
   * @returns the rows, each by the names of its columns; none for statements without rows
   */
  query(statement: string, parameters: readonly SqlValue[]): Promise<readonly SqlRow[]>;
}

export type SqlValue = string | number;

/** Whole numbers may be a number, a bigint or a text. */
export type SqlRow = Readonly<Record<string, unknown>>;
