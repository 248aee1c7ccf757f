import type { TrackMessage } from "../../../../bindings/javascript/message_types.ts";
import type { Figure } from "../../report/row.ts";
import { Samples } from "../../timing.ts";
import { products } from "../base/catalogue.ts";
import { contactId } from "../base/messages.ts";
import { now } from "../base/period.ts";
import { definitionOf, rules } from "../rules.ts";
import type { Audience } from "../subject.ts";

function addedToCart(number: number): TrackMessage {
  const product = products[number % products.length];
  return {
    type: "track",
    messageId: `appended-${number}`,
    userId: contactId(number),
    event: "Product Added",
    timestamp: new Date(now).toISOString(),
    properties: { sku: product?.sku, category: product?.category },
  };
}

/**
 * What does a message cost that comes after loading, and the count after it? Changes the audience. Throws when a
 * contact is not counted whose message was taken in.
 */
export function measureAppending(audience: Audience, rounds: number): Figure {
  const rule = rules.find(({ id }) => id === "cart-abandonment");
  if (rule === undefined) throw new Error("no rule is about carts");
  const definition = definitionOf(rule);
  const options = { at: now };
  const append = new Samples();
  const count = new Samples();
  audience.count(definition, options);
  for (let round = 0; round < rounds; round += 1) {
    const message = addedToCart(round);
    const from = performance.now();
    const { refused } = audience.append(message, { now });
    const appended = performance.now();
    audience.count(definition, options);
    count.add(appended, performance.now());
    append.add(from, appended);
    if (refused.length > 0) throw new Error(`refused: ${refused[0]?.message}`);
  }
  const counted = audience.count(definition, options);
  audience.forgetAnswers();
  if (audience.count(definition, options) !== counted) {
    throw new Error(`"${rule.question}" was ${counted} only as long as answers were kept`);
  }
  const members = audience.members(definition, { at: now, limit: rounds });
  const missing = members.findIndex((id, index) => id !== contactId(index));
  if (missing >= 0 || members.length < rounds) {
    throw new Error(
      `${contactId(Math.max(missing, 0))} put something in the cart and is not counted`,
    );
  }
  return {
    title: "A message that comes after loading",
    rows: [
      { question: "append", unit: "µs", value: append.median, p99: append.quantile(0.99) },
      {
        question: `the next count of "${rule.question}"`,
        unit: "ms",
        value: count.median,
        p99: count.quantile(0.99),
      },
    ],
  };
}
