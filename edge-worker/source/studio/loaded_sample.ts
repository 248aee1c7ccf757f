import { type Audience, createAudience } from "@fosterflow/segments/audience";
import type { EvaluateRequest } from "./studio_requests.ts";

/** What a rule would do, counted over the sample and scaled to all contacts. */
export interface Evaluation {
  readonly at: string;
  readonly sample: {
    /** Contacts that were counted over. */
    readonly contacts: number;
    /** Contacts that the workspace has. */
    readonly of: number;
    readonly loadedAt: string;
  };
  /** Of the sample: members by the rule in force of this id, and by the one that is asked about. */
  readonly before: number;
  readonly count: number;
  readonly entering: { readonly count: number; readonly members: readonly string[] };
  readonly leaving: { readonly count: number; readonly members: readonly string[] };
  /** Of all contacts, with the interval that holds it with 95 % probability (Wilson). Exact when the sample is everybody. */
  readonly estimate: { readonly count: number; readonly from: number; readonly to: number };
}

const shownMembers = 20;

/** The sample of one workspace in an audience, whose answers take milliseconds. */
export class LoadedSample {
  readonly loadedAt = Date.now();
  readonly #audience: Audience;
  readonly #contacts: number;
  #definitions: string;

  private constructor(audience: Audience, contacts: number, definitions: string) {
    this.#audience = audience;
    this.#contacts = contacts;
    this.#definitions = definitions;
  }

  static async of(
    lines: readonly string[],
    contacts: number,
    asked: EvaluateRequest,
  ): Promise<LoadedSample> {
    const { segments, parameters } = asked;
    const audience = await createAudience({ segments, parameters });
    await audience.load(lines.join("\n"));
    return new LoadedSample(audience, contacts, definitionsOf(asked));
  }

  /** @throws SegmentError `definitions_refused` */
  evaluate(asked: EvaluateRequest): Evaluation {
    const { segments, parameters, definition, at } = asked;
    if (definitionsOf(asked) !== this.#definitions) {
      this.#audience.define(segments, { parameters });
      this.#definitions = definitionsOf(asked);
    }
    const { before, after, entering, leaving } = this.#audience.impact(definition, {
      at,
      limit: shownMembers,
    });
    const sampled = this.#audience.statistics().contacts;
    return {
      at: new Date(at).toISOString(),
      sample: {
        contacts: sampled,
        of: Math.max(this.#contacts, sampled),
        loadedAt: new Date(this.loadedAt).toISOString(),
      },
      ...{ before, count: after, entering, leaving },
      estimate: estimated(after, sampled, Math.max(this.#contacts, sampled)),
    };
  }

  dispose(): void {
    this.#audience.dispose();
  }
}

function definitionsOf({ segments, parameters }: EvaluateRequest): string {
  return `${segments}${JSON.stringify(parameters)}`;
}

/** The Wilson interval of a share, scaled to everybody, with the correction for a sample that is a large part of everybody. */
function estimated(members: number, sampled: number, all: number) {
  if (sampled === 0) return { count: 0, from: 0, to: all };
  if (sampled >= all) return { count: members, from: members, to: members };
  const share = members / sampled;
  const correction = Math.sqrt((all - sampled) / Math.max(all - 1, 1));
  const z = 1.96 * correction;
  const middle = (share + (z * z) / (2 * sampled)) / (1 + (z * z) / sampled);
  const half =
    (z * Math.sqrt((share * (1 - share)) / sampled + (z * z) / (4 * sampled * sampled))) /
    (1 + (z * z) / sampled);
  return {
    count: Math.round(share * all),
    from: Math.max(members, Math.floor((middle - half) * all)),
    to: Math.min(all - (sampled - members), Math.ceil((middle + half) * all)),
  };
}
