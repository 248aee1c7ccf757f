import { contactStub, type Environment, shardStub } from "../environment.ts";
import { mostSampleContacts, refreshConcurrency, sampleFreshness, shardCount } from "../limits.ts";
import { LoadedSample } from "./loaded_sample.ts";
import type { EvaluateRequest } from "./studio_requests.ts";
import type { StudioEnvironment } from "./studio_worker.ts";

/** Those that are loaded: a request must not wait for what another one reads. */
const loaded = new Map<string, LoadedSample>();
const mostLoaded = 4;

/** The sample of a workspace's contacts, loaded when it is not there or too old. */
export async function sampleOf(
  environment: StudioEnvironment,
  asked: EvaluateRequest,
): Promise<LoadedSample> {
  const { workspace } = asked;
  const known = loaded.get(workspace);
  if (known !== undefined && Date.now() - known.loadedAt < sampleFreshness) return known;
  const created = await load(environment as Environment, asked);
  forget(workspace);
  loaded.set(workspace, created);
  const [oldest] = loaded.keys();
  if (loaded.size > mostLoaded && oldest !== undefined) forget(oldest);
  return created;
}

function forget(workspace: string): void {
  loaded.get(workspace)?.dispose();
  loaded.delete(workspace);
}

async function load(environment: Environment, asked: EvaluateRequest): Promise<LoadedSample> {
  const { workspace, sampleRate } = asked;
  const stubs = Array.from({ length: shardCount }, (_, shard) =>
    shardStub(environment, workspace, shard),
  );
  const bound = Math.ceil(sampleRate * 2 ** 32);
  const most = Math.ceil(mostSampleContacts / shardCount);
  const counts = await Promise.all(stubs.map((stub) => stub.counts()));
  const waiting = (await Promise.all(stubs.map((stub) => stub.sample(bound, most)))).flat();
  const lines: string[] = [];
  const read = async () => {
    for (let contact = waiting.shift(); contact !== undefined; contact = waiting.shift()) {
      lines.push(...(await contactStub(environment, workspace, contact).sampledMessages()));
    }
  };
  await Promise.all(Array.from({ length: refreshConcurrency }, read));
  const contacts = counts.reduce((sum, count) => sum + count.contacts, 0);
  return LoadedSample.of(lines, contacts, asked);
}
