import { DurableObject } from "cloudflare:workers";
import type { ParameterOverrides, SegmentSummary } from "@fosterflow/segments";
import { now } from "../clock.ts";
import { type Configuration, type Endpoint, emptyConfiguration } from "../engine/configuration.ts";
import { expireRules } from "../engine/rules.ts";
import type { Environment } from "../environment.ts";
import { mostDefinitionBytes, mostLists, mostSegments, mostSegmentVersions } from "../limits.ts";
import { checkedSet } from "./checked_set.ts";
import { EndpointBook } from "./endpoint_book.ts";
import { RefreshWalk } from "./refresh_walk.ts";
import type {
  ChangeAnswer,
  Listing,
  ListSummary,
  Precondition,
  Refresh,
  SegmentVersion,
  ShownEndpoint,
  StoredSegment,
} from "./registry_calls.ts";

const schema = `
CREATE TABLE IF NOT EXISTS segments (
  id TEXT PRIMARY KEY, definition TEXT NOT NULL, hash TEXT NOT NULL,
  createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL, version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions (
  segment TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, definition TEXT,
  PRIMARY KEY (segment, version)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS endpoints (id TEXT PRIMARY KEY, endpoint TEXT NOT NULL, createdAt INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lists (id TEXT PRIMARY KEY, updatedAt INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fields (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

/** A workspace's definitions with their versions, its parameters, endpoints and lists, and the refresh of its contacts. */
export class RegistryObject extends DurableObject<Environment> {
  readonly #endpoints: EndpointBook;
  readonly #refresh: RefreshWalk;

  constructor(context: DurableObjectState, environment: Environment) {
    super(context, environment);
    context.storage.sql.exec(schema);
    this.#endpoints = new EndpointBook(context.storage.sql);
    this.#refresh = new RefreshWalk(context.storage, environment);
  }

  /** What contacts are decided by; null: it is still the version that the caller knows. */
  async configuration(workspace: string, known: number): Promise<Configuration | null> {
    if (this.#field("workspace") === undefined) this.#saveField("workspace", workspace);
    const version = this.#version();
    if (version === known) return null;
    const segments = this.#segments();
    if (version === 0) return emptyConfiguration;
    return {
      version,
      segments: `[${segments.map(({ definition }) => definition).join(",")}]`,
      parameters: this.#parameters(),
      endpoints: this.#endpoints.all(),
    };
  }

  async list(): Promise<Listing> {
    const segments = this.#segments();
    const parameters = this.#parameters();
    const summaries = await this.#summaries(segments, parameters);
    const refresh = this.#refresh.progress();
    return { version: this.#version(), segments, summaries, parameters, refresh };
  }

  async segment(id: string): Promise<{ segment: StoredSegment; refresh: Refresh | null } | null> {
    const segment = this.#segment(id);
    return segment === undefined ? null : { segment, refresh: this.#refresh.progress() };
  }

  async versions(id: string): Promise<readonly SegmentVersion[]> {
    return this.#sql
      .exec(
        "SELECT version, at, definition FROM versions WHERE segment = ? ORDER BY version DESC",
        id,
      )
      .toArray()
      .map((row) => ({
        version: Number(row["version"]),
        at: Number(row["at"]),
        definition: row["definition"] === null ? null : String(row["definition"]),
      }));
  }

  /** Puts a definition in force, as a whole or not at all. */
  async putSegment(
    id: string,
    definition: string,
    precondition: Precondition,
  ): Promise<ChangeAnswer> {
    const before = this.#segment(id);
    const conflict = preconditionConflict(before, precondition);
    if (conflict !== undefined) return conflict;
    const others = this.#segments().filter((segment) => segment.id !== id);
    if (others.length >= mostSegments) {
      return { kind: "too_many", message: `A workspace has at most ${mostSegments} segments.` };
    }
    const all = [definition, ...others.map((other) => other.definition)].join("");
    if (new TextEncoder().encode(all).length > mostDefinitionBytes) {
      return {
        kind: "too_many",
        message: `All definitions together have at most ${mostDefinitionBytes} bytes.`,
      };
    }
    // First, so that problems of this one are found by their place.
    const checked = await checkedSet([{ id, definition }, ...others], this.#parameters());
    if (checked.kind === "refused") return checked;
    // Another call may have been served while the core was started.
    if (this.#segment(id)?.version !== before?.version) {
      return { kind: "changed_meanwhile", hash: this.#segment(id)?.hash ?? null };
    }
    const hash = checked.summaries.find((summary) => summary.id === id)?.definition ?? "";
    const instant = now();
    const version = this.#nextVersion(() => {
      this.#sql.exec(
        "INSERT OR REPLACE INTO segments (id, definition, hash, createdAt, updatedAt, version) VALUES (?, ?, ?, ?, ?, ?)",
        ...[id, definition, hash, before?.createdAt ?? instant, instant, this.#version() + 1],
      );
      this.#keepVersion(id, definition, instant);
    });
    const segment = this.#segment(id) ?? null;
    return {
      kind: "changed",
      version,
      isNew: before === undefined,
      segment,
      problems: checked.problems,
    };
  }

  async deleteSegment(id: string, precondition: Precondition): Promise<ChangeAnswer> {
    const before = this.#segment(id);
    if (before === undefined) return { kind: "not_found" };
    const conflict = preconditionConflict(before, precondition);
    if (conflict !== undefined) return conflict;
    const others = this.#segments().filter((segment) => segment.id !== id);
    const checked = await checkedSet(others, this.#parametersWithout(others));
    if (checked.kind === "refused") return checked;
    const version = this.#nextVersion(() => {
      this.#sql.exec("DELETE FROM segments WHERE id = ?", id);
      this.#saveField("parameters", JSON.stringify(this.#parametersWithout(others)));
      this.#keepVersion(id, null, now());
    });
    return { kind: "changed", version, isNew: false, segment: null, problems: checked.problems };
  }

  async putParameters(parameters: ParameterOverrides): Promise<ChangeAnswer> {
    const checked = await checkedSet(this.#segments(), parameters);
    if (checked.kind === "refused") return checked;
    const hashes = new Map(checked.summaries.map(({ id, definition }) => [id, definition]));
    const version = this.#nextVersion(() => {
      this.#saveField("parameters", JSON.stringify(parameters));
      for (const { id, hash } of this.#segments()) {
        const current = hashes.get(id) ?? hash;
        this.#sql.exec("UPDATE segments SET hash = ? WHERE id = ?", current, id);
      }
    });
    return { kind: "changed", version, isNew: false, segment: null, problems: checked.problems };
  }

  /** Brings every contact up to the rules in force; one that is under way for older ones begins again. */
  async startRefresh(): Promise<Refresh> {
    return this.#refresh.start(this.#workspace(), this.#version());
  }

  async endpoints(): Promise<readonly ShownEndpoint[]> {
    return this.#endpoints.shown();
  }

  /** @returns secrets that were made and are told this once */
  async putEndpoint(
    endpoint: Omit<Endpoint, "secrets" | "resumedAt">,
    secrets: readonly string[] | undefined,
  ): Promise<{ endpoint: ShownEndpoint; newSecret: string | null; isNew: boolean } | "too_many"> {
    const result = await this.#endpoints.prepare(endpoint, secrets);
    if (result === "too_many") return result;
    this.#nextVersion(() => this.#endpoints.save(result.endpoint));
    await this.startRefresh();
    const [shown] = (await this.#endpoints.shown()).filter(({ id }) => id === endpoint.id);
    if (shown === undefined) throw new Error("the endpoint is gone");
    return { endpoint: shown, newSecret: result.newSecret, isNew: result.isNew };
  }

  async deleteEndpoint(id: string): Promise<boolean> {
    if (this.#endpoints.get(id) === undefined) return false;
    this.#nextVersion(() => this.#endpoints.delete(id));
    return true;
  }

  /** Makes a newer secret; requests are signed with the others, too, until they are retired. */
  async addEndpointSecret(id: string): Promise<string | null> {
    const before = this.#endpoints.get(id);
    if (before === undefined) return null;
    const { endpoint, secret } = this.#endpoints.withNewSecret(before);
    this.#nextVersion(() => this.#endpoints.save(endpoint));
    return secret;
  }

  /** Drops all secrets but the newest. */
  async retireEndpointSecrets(id: string): Promise<boolean> {
    const before = this.#endpoints.get(id);
    if (before === undefined) return false;
    this.#nextVersion(() =>
      this.#endpoints.save({ ...before, secrets: before.secrets.slice(0, 1) }),
    );
    return true;
  }

  /** Lets an endpoint be tried again that had answered 410, by every contact. */
  async resumeEndpoint(id: string): Promise<boolean> {
    const before = this.#endpoints.get(id);
    if (before === undefined) return false;
    this.#nextVersion(() => this.#endpoints.save({ ...before, resumedAt: now() }));
    await this.startRefresh();
    return true;
  }

  /** @returns whether there may be one list more */
  async noteList(id: string): Promise<boolean> {
    const others = this.#sql.exec("SELECT count(*) AS lists FROM lists WHERE id <> ?", id).one();
    if (Number(others["lists"]) >= mostLists) return false;
    this.#sql.exec("INSERT OR REPLACE INTO lists (id, updatedAt) VALUES (?, ?)", id, now());
    return true;
  }

  async forgetList(id: string): Promise<void> {
    this.#sql.exec("DELETE FROM lists WHERE id = ?", id);
  }

  async lists(): Promise<readonly ListSummary[]> {
    return this.#sql
      .exec("SELECT id, updatedAt FROM lists ORDER BY id")
      .toArray()
      .map((row) => ({ id: String(row["id"]), updatedAt: Number(row["updatedAt"]) }));
  }

  override async alarm(): Promise<void> {
    await this.#refresh.step(this.#workspace());
  }

  get #sql(): SqlStorage {
    return this.ctx.storage.sql;
  }

  #workspace(): string {
    return this.#field("workspace") ?? "";
  }

  #version(): number {
    return Number(this.#field("version") ?? 0);
  }

  /** Makes a change and numbers it, in one transaction. */
  #nextVersion(change: () => void): number {
    const version = this.ctx.storage.transactionSync(() => {
      change();
      const next = this.#version() + 1;
      this.#saveField("version", String(next));
      return next;
    });
    expireRules(this.#workspace());
    return version;
  }

  #keepVersion(id: string, definition: string | null, at: number): void {
    this.#sql.exec(
      "INSERT INTO versions (segment, version, at, definition) VALUES (?, ?, ?, ?)",
      ...[id, this.#version() + 1, at, definition],
    );
    this.#sql.exec(
      "DELETE FROM versions WHERE segment = ?1 AND version NOT IN " +
        "(SELECT version FROM versions WHERE segment = ?1 ORDER BY version DESC LIMIT ?2)",
      ...[id, mostSegmentVersions],
    );
  }

  #segments(): StoredSegment[] {
    return this.#sql.exec("SELECT * FROM segments ORDER BY id").toArray().map(storedSegment);
  }

  #segment(id: string): StoredSegment | undefined {
    return this.#sql
      .exec("SELECT * FROM segments WHERE id = ?", id)
      .toArray()
      .map(storedSegment)[0];
  }

  #parameters(): ParameterOverrides {
    return JSON.parse(this.#field("parameters") ?? "{}") as ParameterOverrides;
  }

  /** The overrides that some of these segments still declare: one that nobody does is an error. */
  #parametersWithout(segments: readonly StoredSegment[]): ParameterOverrides {
    const declared = new Set(
      segments.flatMap(({ definition }) => {
        const { parameters = {} } = JSON.parse(definition) as { parameters?: object };
        return Object.keys(parameters);
      }),
    );
    const kept = Object.entries(this.#parameters()).filter(([name]) => declared.has(name));
    return Object.fromEntries(kept) as ParameterOverrides;
  }

  async #summaries(
    segments: readonly StoredSegment[],
    parameters: ParameterOverrides,
  ): Promise<readonly SegmentSummary[]> {
    const checked = await checkedSet(segments, parameters);
    return checked.kind === "checked" ? checked.summaries : [];
  }

  #field(name: string): string | undefined {
    const [row] = this.#sql.exec("SELECT value FROM fields WHERE name = ?", name).toArray();
    return row === undefined ? undefined : String(row["value"]);
  }

  #saveField(name: string, value: string): void {
    this.#sql.exec("INSERT OR REPLACE INTO fields (name, value) VALUES (?, ?)", name, value);
  }
}

function storedSegment(row: Record<string, SqlStorageValue>): StoredSegment {
  return {
    id: String(row["id"]),
    definition: String(row["definition"]),
    hash: String(row["hash"]),
    createdAt: Number(row["createdAt"]),
    updatedAt: Number(row["updatedAt"]),
    version: Number(row["version"]),
  };
}

function preconditionConflict(
  before: StoredSegment | undefined,
  { hash, mustBeNew }: Precondition,
): ChangeAnswer | undefined {
  if (mustBeNew === true && before !== undefined) return { kind: "exists" };
  if (hash !== undefined && hash !== before?.hash) {
    return { kind: "changed_meanwhile", hash: before?.hash ?? null };
  }
  return undefined;
}
