import { createAudience } from "@fosterflow/segments/audience";
import { VocabularyCollector } from "../../web-demo/source/engine/vocabulary.ts";
import { customerLines, type ShopOptions } from "../../web-demo/source/shop/customer.ts";
import { shopStream } from "../../web-demo/source/shop/shop_stream.ts";

/** As many show all names and values. */
const customersRead = 2000;

/** The shop's customers as the demo keeps them in the browser. */
export async function keptBase(options: ShopOptions) {
  const audience = await createAudience({ segments: [] });
  await audience.load(shopStream(options));
  const collector = new VocabularyCollector();
  for (let index = 0; index < Math.min(customersRead, options.contacts); index += 1) {
    collector.addLines(customerLines(options, index));
  }
  const statistics = audience.statistics();
  const vocabulary = collector.vocabulary(true, () => statistics.contacts);
  const file = audience.save();
  audience.dispose();
  const dataSet = {
    id: "bench",
    revision: 1,
    source: { kind: "shop", options },
    statistics,
    vocabulary,
    loadedAt: options.end,
  };
  return { file, dataSet };
}
