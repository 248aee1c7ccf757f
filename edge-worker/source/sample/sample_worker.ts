import { SegmentError } from "@fosterflow/segments/audience";
import { contactStub, type Environment, shardStub } from "../environment.ts";
import { mostSampleContacts, refreshConcurrency, sampleFreshness, shardCount } from "../limits.ts";
import { LoadedSample } from "./loaded_sample.ts";
import type { SampleRequest } from "./sample_types.ts";

/**
 * Counts rules that nobody has saved yet, over a sample of a workspace's contacts, by the audience engine. A worker of its own, since
 * that engine is larger than all of the other. Only the other can reach it.
 */

type SampleEnvironment = Pick<Environment, "CONTACTS" | "SHARDS">;

const loaded = new Map<string, Promise<LoadedSample>>();
const mostLoaded = 4;

export default {
  async fetch(request, environment) {
    const asked = (await request.json()) as SampleRequest;
    try {
      const sample = await sampleOf(environment, asked);
      return Response.json(sample.evaluate(asked));
    } catch (error) {
      if (error instanceof SegmentError && error.code === "definitions_refused") {
        const { message, problems } = error;
        return Response.json({ message, problems }, { status: 422 });
      }
      loaded.delete(asked.workspace);
      throw error;
    }
  },
} satisfies ExportedHandler<SampleEnvironment>;

async function sampleOf(
  environment: SampleEnvironment,
  asked: SampleRequest,
): Promise<LoadedSample> {
  const known = await loaded.get(asked.workspace)?.catch(() => undefined);
  if (known !== undefined && Date.now() - known.loadedAt < sampleFreshness) return known;
  known?.dispose();
  const created = load(environment, asked);
  loaded.delete(asked.workspace);
  loaded.set(asked.workspace, created);
  const [oldest] = loaded.keys();
  if (loaded.size > mostLoaded && oldest !== undefined) {
    void loaded.get(oldest)?.then((sample) => sample.dispose());
    loaded.delete(oldest);
  }
  return created;
}

async function load(environment: SampleEnvironment, asked: SampleRequest): Promise<LoadedSample> {
  const { workspace, sampleRate } = asked;
  const stubs = Array.from({ length: shardCount }, (_, shard) =>
    shardStub(environment as Environment, workspace, shard),
  );
  const bound = Math.ceil(sampleRate * 2 ** 32);
  const most = Math.ceil(mostSampleContacts / shardCount);
  const counts = await Promise.all(stubs.map((stub) => stub.counts()));
  const sampled = (await Promise.all(stubs.map((stub) => stub.sample(bound, most)))).flat();
  const waiting = [...sampled];
  const lines: string[] = [];
  const read = async () => {
    for (let contact = waiting.shift(); contact !== undefined; contact = waiting.shift()) {
      lines.push(
        ...(await contactStub(environment as Environment, workspace, contact).sampledMessages()),
      );
    }
  };
  await Promise.all(Array.from({ length: refreshConcurrency }, read));
  const all = counts.reduce((sum, { contacts }) => sum + contacts, 0);
  return LoadedSample.of(lines, all, asked);
}
