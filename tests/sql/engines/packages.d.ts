/** What is used of the packages that only these tests install, in a folder of their own. */
declare module "chdb" {
  export class Session {
    query(sql: string, format?: string): string;
    close(): void;
  }
}

declare module "pg" {
  export class Client {
    constructor(options: { host: string; user: string; database: string });
    connect(): Promise<void>;
    query<Row>(sql: string): Promise<{ rows: Row[] }>;
    end(): Promise<void>;
  }
  const pg: { Client: typeof Client };
  export default pg;
}
