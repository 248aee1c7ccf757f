/** What is used of DuckDB's client, which is installed by those who want it. */
declare module "@duckdb/node-api" {
  export interface DuckDBAppender {
    appendVarchar(value: string): void;
    appendBoolean(value: boolean): void;
    appendTimestamp(value: DuckDBTimestampValue): void;
    appendNull(): void;
    endRow(): void;
    closeSync(): void;
  }
  export interface DuckDBConnection {
    run(sql: string): Promise<unknown>;
    runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
    createAppender(table: string): Promise<DuckDBAppender>;
    closeSync(): void;
  }
  export class DuckDBInstance {
    static create(path: string): Promise<DuckDBInstance>;
    connect(): Promise<DuckDBConnection>;
    closeSync(): void;
  }
  export class DuckDBTimestampValue {
    constructor(microseconds: bigint);
  }
  export function version(): string;
}
