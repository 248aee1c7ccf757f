import { type Engine, SegmentError } from "@fosterflow/segments/core";
import { now } from "../clock.ts";
import { type Environment, registryStub } from "../environment.ts";
import { configurationFreshness } from "../limits.ts";
import type { Configuration } from "./configuration.ts";
import { leanEngine } from "./lean_engine.ts";

/**
 * The engine's epoch. It says only that all snapshots go on with their numbers; what deltas say is the epoch of the contact's own
 * storage, which they are stamped with.
 */
const engineEpoch = "storage";

/** A workspace's rules as this isolate knows them. All its contacts here share the engine. */
export class Rules {
  readonly workspace: string;
  readonly engine: Engine;
  #configuration: Configuration;
  #checkedAt: number;
  #definitions: ReadonlyMap<string, string> | undefined;

  constructor(workspace: string, engine: Engine, configuration: Configuration) {
    this.workspace = workspace;
    this.engine = engine;
    this.#configuration = configuration;
    this.#checkedAt = now();
  }

  get configuration(): Configuration {
    return this.#configuration;
  }

  /** Hash of each segment in force, by id. */
  get definitions(): ReadonlyMap<string, string> {
    this.#definitions ??= new Map(
      this.engine.segments().map(({ id, definition }) => [id, definition]),
    );
    return this.#definitions;
  }

  isGood(atLeast: number): boolean {
    const age = now() - this.#checkedAt;
    // A clock that was put back makes the age negative.
    return this.#configuration.version >= atLeast && age >= 0 && age < configurationFreshness;
  }

  /** The registry was asked, and has nothing newer than this version. */
  confirmed(version: number): void {
    if (version === this.#configuration.version) this.#checkedAt = now();
  }

  expire(): void {
    this.#checkedAt = Number.NEGATIVE_INFINITY;
  }

  /** Puts a newer configuration in force; open contacts tell what it changes with their next call. */
  update(configuration: Configuration): void {
    const { segments, parameters } = this.#configuration;
    if (
      configuration.segments !== segments ||
      JSON.stringify(configuration.parameters) !== JSON.stringify(parameters)
    ) {
      this.engine.define(configuration.segments, { parameters: configuration.parameters });
      this.#definitions = undefined;
    }
    this.#configuration = configuration;
    this.#checkedAt = now();
  }
}

/**
 * What was found out is shared by all objects of the isolate; asking is not. A promise of one object that another awaits is I/O on
 * behalf of a different object, which workerd refuses under load.
 */
const known = new Map<string, Rules>();

/** Who finds the changes out, as deltas say. */
export function sourceOf(workspace: string): string {
  return `edge:${workspace}`;
}

/** How often the registry is asked for a version before what it has is taken: it may itself have gone back to an older copy. */
const mostFetches = 3;

/**
 * The workspace's rules: at least of this version, and not older than `configurationFreshness`.
 *
 * @throws when the registry cannot be asked.
 */
export function rulesOf(
  environment: Environment,
  workspace: string,
  atLeast = 0,
): Rules | Promise<Rules> {
  const rules = known.get(workspace);
  return rules?.isGood(atLeast) ? rules : freshRules(environment, workspace, atLeast);
}

async function freshRules(
  environment: Environment,
  workspace: string,
  atLeast: number,
): Promise<Rules> {
  for (let fetches = 1; ; fetches += 1) {
    const rules = await fetchedRules(environment, workspace);
    if (rules.configuration.version >= atLeast || fetches === mostFetches) return rules;
  }
}

/** How often `expireRules` was called: an answer that was under way then is old. */
const expiries = new Map<string, number>();

/** The registry has changed: this isolate asks it before it decides anything more. */
export function expireRules(workspace: string): void {
  expiries.set(workspace, (expiries.get(workspace) ?? 0) + 1);
  known.get(workspace)?.expire();
}

/** An engine that stopped answers nothing more: the next call starts another. */
export function dropFailedEngine(workspace: string, error: unknown): void {
  if (!(error instanceof SegmentError)) return;
  if (error.code === "engine_failed" || error.code === "disposed") known.delete(workspace);
}

async function fetchedRules(environment: Environment, workspace: string): Promise<Rules> {
  const version = known.get(workspace)?.configuration.version ?? -1;
  const expiry = expiries.get(workspace);
  const configuration = await registryStub(environment, workspace).configuration(
    workspace,
    version,
  );
  const rules = known.get(workspace);
  if (rules !== undefined) {
    // What the registry says counts, also when it has gone back to an older copy. An answer that was overtaken does not.
    const isOvertaken = rules.configuration.version !== version && configuration !== null;
    if (configuration === null) rules.confirmed(version);
    else if (!isOvertaken || configuration.version > rules.configuration.version) {
      rules.update(configuration);
    }
    if (expiries.get(workspace) !== expiry) rules.expire();
    return rules;
  }
  // The engine failed while the registry was asked.
  if (configuration === null) return fetchedRules(environment, workspace);
  const engine = await leanEngine({
    segments: configuration.segments,
    parameters: configuration.parameters,
    source: sourceOf(workspace),
    epoch: engineEpoch,
  });
  const others = known.get(workspace);
  if (others !== undefined) {
    // Another object was faster.
    engine.dispose();
    if (configuration.version > others.configuration.version) others.update(configuration);
    return others;
  }
  const created = new Rules(workspace, engine, configuration);
  known.set(workspace, created);
  if (expiries.get(workspace) !== expiry) created.expire();
  return created;
}
