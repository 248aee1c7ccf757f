/** What is used of the packages that only these tests install, in a folder of their own. */
declare module "chdb" {
  export class Session {
    query(sql: string, format?: string): string;
    close(): void;
  }
}
