// What each segment has spent: node spend.mjs MESSAGES.ndjson MEMBERS.json, the second as `evaluate --json` prints it.
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [messages, members] = process.argv.slice(2);
const segments = Object.entries(JSON.parse(readFileSync(members, "utf8")));
const segmentOf = new Map(
  segments.flatMap(([id, segment]) => segment.members.map((contact) => [contact, id])),
);
const spent = new Map(segments.map(([id]) => [id, { orders: 0, value: 0 }]));
for await (const line of createInterface({ input: createReadStream(messages) })) {
  const { userId, event, properties } = JSON.parse(line);
  const segment = spent.get(segmentOf.get(userId));
  if (segment === undefined) continue;
  if (event === "Order Completed") {
    segment.orders += 1;
    segment.value += properties.total;
  } else if (event === "Order Refunded") {
    segment.value -= properties.total;
  }
}

const all = [...spent.values()].reduce((sum, { value }) => sum + value, 0);
const row = (...[id, ...numbers]) =>
  console.log(
    (id.padEnd(36) + numbers.map((text) => String(text).padStart(11)).join("")).trimEnd(),
  );
row("Segment", "Contacts", "Orders", "Spent", "Share", "Each", "An order");
for (const [id, { count }] of segments) {
  const { orders, value } = spent.get(id);
  const mean = (by) => (by === 0 ? "" : (value / by).toFixed(0));
  const share = `${((value / all) * 100).toFixed(1)} %`;
  row(id, count, orders, value.toFixed(0), share, mean(count), mean(orders));
}
