import {
  type Audience,
  createAudience,
  type SegmentDefinition,
} from "@fosterflow/segments/audience";
import { customerLines, type ShopOptions } from "../../web-demo/source/shop/customer.ts";

const audiences = new Map<string, Promise<Audience>>();

/** A page of whichever driver. */
export interface EvaluatedPage {
  evaluate<Value>(run: () => Value | Promise<Value>): Promise<Value>;
}

/** The page's contacts in Node.js, its segments, and the instant at which it counts. */
export async function audienceOf(page: EvaluatedPage): Promise<{
  audience: Audience;
  instant: number;
  records: readonly SegmentDefinition[];
  options: ShopOptions;
}> {
  const kept = await page.evaluate(async () => {
    const store = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("fosterflow-segments");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const all = (name: string) =>
      new Promise<unknown[]>((resolve) => {
        const reading = store.transaction(name).objectStore(name).getAll();
        reading.onsuccess = () => resolve(reading.result as unknown[]);
      });
    const dataSets = (await all("dataSet")) as { source: { options: unknown } }[];
    const segments = (await all("segments")) as { definition: unknown }[];
    store.close();
    const shown = document.querySelector<HTMLElement>("[data-instant]")?.dataset["instant"];
    return {
      options: dataSets[0]?.source.options,
      records: segments.map(({ definition }) => definition),
      instant: Number(shown),
    };
  });
  const options = kept.options as ShopOptions;
  const key = JSON.stringify(options);
  let audience = audiences.get(key);
  if (audience === undefined) {
    audience = loaded(options);
    audiences.set(key, audience);
  }
  return {
    audience: await audience,
    instant: kept.instant,
    records: kept.records as SegmentDefinition[],
    options,
  };
}

async function loaded(options: ShopOptions): Promise<Audience> {
  const audience = await createAudience({ segments: [] });
  const lines = Array.from({ length: options.contacts }, (_, index) =>
    customerLines(options, index),
  );
  await audience.load(lines.join(""));
  return audience;
}

/** The digits of a number that is written for people. */
export function numberIn(text: string): number {
  return Number(text.replace(/\D/g, ""));
}
