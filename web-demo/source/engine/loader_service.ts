import type {
  Audience,
  AudienceStatistics,
  LineNotice,
  SegmentDefinition,
} from "@fosterflow/segments/audience";
import * as Comlink from "comlink";
import { type MessageIndex, MessageIndexer } from "../contacts/message_index.ts";
import type { ShopOptions } from "../shop/customer.ts";
import { shopStream } from "../shop/shop_stream.ts";
import { LineSampler } from "./line_sampler.ts";
import { type Vocabulary, VocabularyCollector } from "./vocabulary.ts";

/** Where an audience's messages come from. */
export type LoadSource =
  | { readonly kind: "shop"; readonly options: ShopOptions }
  /** NDJSON of the Segment Spec. */
  | { readonly kind: "messages"; readonly blob: Blob };

export interface LoadStep {
  readonly phase: "messages" | "vocabulary" | "file";
  /** From 0 to 1. */
  readonly share: number;
  readonly lines: number;
  readonly refused: number;
}

export interface LoadedAudience {
  /** As `audience.open` takes it. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly statistics: AudienceStatistics;
  readonly vocabulary: Vocabulary;
  /** Of `messages`: where in the source each contact's messages are. */
  readonly index: MessageIndex | undefined;
  readonly refusedCount: number;
  /** The first 1,000 of them. */
  readonly refused: readonly LineNotice[];
}

/** About what a customer of the shop takes as text; only for how far a load is. */
const bytesOfCustomer = 3000;

/**
 * Loads messages into an audience of its own and gives it as a file, so that the one in use answers meanwhile, and stays
 * when the load is given up: the worker in which it runs is ended then, with all its memory.
 */
export class LoaderService {
  async load(source: LoadSource, onStep: (step: LoadStep) => void): Promise<LoadedAudience> {
    const { createAudience } = await import("@fosterflow/segments/audience");
    const audience = await createAudience({ segments: [] });
    const isShop = source.kind === "shop";
    const bytes = isShop ? source.options.contacts * bytesOfCustomer : source.blob.size;
    const indexer = isShop ? undefined : new MessageIndexer();
    let contactsMade = 0;
    const stream = isShop
      ? shopStream(source.options, (contacts) => {
          contactsMade = contacts;
        })
      : (source.blob.stream() as ReadableStream<Uint8Array>);
    const noted = indexer?.through(stream) ?? stream;
    const collector = new VocabularyCollector();
    const sampler = new LineSampler(bytes, (lines) => collector.addLines(lines));
    let lines = 0;
    const result = await audience.load(sampler.through(noted), {
      onProgress: (progress) => {
        lines = progress.lines;
        const share = isShop
          ? contactsMade / source.options.contacts
          : progress.bytes / (bytes || 1);
        onStep({ phase: "messages", share, lines, refused: progress.refused });
      },
    });
    const { refusedCount, refused } = result;
    onStep({ phase: "vocabulary", share: 1, lines, refused: refusedCount });
    const vocabulary = collector.vocabulary(sampler.isSample, (kind, name) =>
      contactsOf(audience, kind, name),
    );
    onStep({ phase: "file", share: 1, lines, refused: refusedCount });
    const file = audience.save();
    const statistics = audience.statistics();
    const index = indexer?.index();
    const loaded = { file, statistics, vocabulary, index, refusedCount, refused };
    return Comlink.transfer(loaded, [file.buffer]);
  }
}

function contactsOf(audience: Audience, kind: "event" | "channel" | "list", name: string): number {
  const conditions = {
    event: { kind: "event", event: name },
    channel: { kind: "channel", channel: name, op: "reachable" },
    list: { kind: "list", list: name, op: "in" },
  } as const;
  const definition: SegmentDefinition = { version: 1, id: "seen", when: conditions[kind] };
  return audience.count(definition);
}
