import assert from "node:assert/strict";
import { test } from "node:test";
import { createAudience } from "@fosterflow/segments/audience";
import {
  instantiate,
  personaArguments,
  personas,
  type QuantileSource,
  SegmentError,
  suggestThresholds,
  type Template,
  type TemplateArgument,
  type TemplateArguments,
  type TemplateId,
  templates,
} from "@fosterflow/segments/authoring";
import { Directory } from "../../bindings/javascript/directory.ts";
import { evaluate } from "../oracle/evaluate.ts";
import { Random } from "../oracle/generator/random.ts";
import { coreFromBuild } from "./core_from_build.ts";
import { day, hour, startOfYear } from "./example_segments.ts";

const ids: TemplateId[] = [
  "cart-abandonment",
  "product-page-bounce",
  "browse-abandonment",
  "checkout-abandonment",
  "channel-opened",
  "channel-clicked",
  "channel-ignored",
  "first-purchase",
  "repeat-purchase",
  "no-purchase",
  "category-purchase",
  "sign-up",
  "sign-up-without-purchase",
  "win-back",
  "won-back",
];

test("there are these templates, each with arguments that say what they are", async () => {
  const all = await templates();
  assert.deepEqual(
    all.map(({ id }) => id),
    ids,
  );
  for (const template of all) {
    assert.deepEqual(Object.keys(template), ["id", "name", "description", "arguments"]);
    for (const argument of template.arguments) {
      assert.ok(argument.description.endsWith("."), argument.name);
      assert.notEqual(argument.default, undefined);
    }
  }
});

test("names, descriptions and units are told in German, and what programs know stays", async () => {
  const [english, german] = [await templates(), await templates({ language: "de" })];
  const known = (list: Template[]) =>
    list.map(({ id, arguments: all }) => [
      id,
      ...all.map(({ description, ...rest }) => ({ ...rest, unit: undefined })),
    ]);
  assert.deepEqual(known(german), known(english));
  assert.equal(german[0]?.name, "Abgebrochener Warenkorb");
  for (const [index, { name, description }] of german.entries()) {
    assert.notEqual(name, english[index]?.name);
    assert.notEqual(description, english[index]?.description);
  }
  const carts = await instantiate("cart-abandonment", {}, { language: "de" });
  assert.equal(carts.name, "Abgebrochener Warenkorb");
  const named = await instantiate("cart-abandonment", {}, { language: "de", name: "Carts" });
  assert.equal(named.name, "Carts");
  const eight = await personas({ language: "de", highValue: 700 });
  assert.equal(eight[0]?.name, "Spitzenkunden");
  assert.equal(eight[0]?.parameters?.["highValue"], 700);
  const [first] = await personaArguments({ language: "de" });
  assert.equal(first && "unit" in first && first.unit, "Tage");
  await assert.rejects(templates({ language: "fr" as "en" }), { code: "invalid_argument" });
});

/** Values of an argument that are allowed, its bounds among them. */
function allowed(argument: TemplateArgument): unknown[] {
  switch (argument.type) {
    case "whole":
    case "number":
      return [argument.minimum, argument.default, argument.maximum];
    case "event":
      return ["Something", ["Something", "Another"]];
    case "choice":
      return argument.choices;
    default:
      return ["a.b"];
  }
}

test("every template gives a definition for all that its arguments may be", async () => {
  for (const { id, arguments: list } of await templates()) {
    const definition = await instantiate(id);
    assert.equal(definition.id, id);
    for (const argument of list) {
      // The one that must be more than another is the larger of the two anyway.
      const rest = list.some((other) => "above" in other && other.above === argument.name)
        ? { lostDays: 7300, quietDays: 3650 }
        : {};
      for (const value of allowed(argument)) {
        const known = Object.entries(rest).filter(([name]) =>
          list.some((other) => other.name === name && "above" in other),
        );
        const above =
          "above" in argument && value === argument.minimum ? argument.above : undefined;
        const given = {
          ...Object.fromEntries(known),
          ...(above === undefined ? {} : { [above]: 1 }),
          [argument.name]: value,
        };
        const made = await instantiate(id, given as TemplateArguments[typeof id]);
        const isSeen = JSON.stringify(made).includes(JSON.stringify(value));
        // A choice may do no more than to name other events.
        assert.ok(isSeen || argument.type === "choice", `${id} ${argument.name}`);
      }
    }
  }
});

test("thresholds are parameters, and a definition may have a name of its own", async () => {
  const definition = await instantiate(
    "cart-abandonment",
    { waitHours: 12, orderEvent: ["Order Completed", "Order Placed"] },
    { id: "carts", name: "Carts", description: "Mine." },
  );
  assert.deepEqual(definition, {
    version: 1,
    id: "carts",
    name: "Carts",
    description: "Mine.",
    parameters: { waitHours: 12, withinDays: 7 },
    when: {
      kind: "sequence",
      window: { last: { days: { parameter: "withinDays" } } },
      steps: [
        { event: "Product Added" },
        {
          absent: true,
          event: ["Order Completed", "Order Placed"],
          within: { hours: { parameter: "waitHours" } },
        },
      ],
    },
  });
});

test("what an event is called by default depends on the channel", async () => {
  const push = await instantiate("channel-opened", { channel: "push" });
  assert.match(JSON.stringify(push), /Push Notification Tapped/);
  const own = await instantiate("channel-opened", { channel: "push", openEvent: "Tapped" });
  assert.match(JSON.stringify(own), /"Tapped"/);
});

async function refused(make: Promise<unknown>): Promise<string[]> {
  try {
    await make;
  } catch (error) {
    assert.ok(error instanceof SegmentError);
    assert.equal(error.code, "invalid_argument");
    return error.problems.map(({ path, code, message }) => `${path} ${code}: ${message}`);
  }
  return assert.fail("it was taken");
}

test("an argument that does not suit is named, with its bounds", async () => {
  const given = { waitHours: 0, withinDays: 1.5, addedEvent: [], waitHour: 3 };
  assert.deepEqual(await refused(instantiate("cart-abandonment", given as never)), [
    '/waitHours invalid_value: "waitHours" must be a whole number from 1 to 720 (hours), but it is 0.',
    '/withinDays invalid_value: "withinDays" must be a whole number from 1 to 365 (days), but it is 1.5.',
    '/addedEvent invalid_value: "addedEvent" must be the name of an event, or a list of such names, but it is [].',
    '/waitHour unknown_key: There is no argument "waitHour" here; did you mean "waitHours"?',
  ]);
  assert.deepEqual(await refused(instantiate("win-back", { quietDays: 400 })), [
    '/lostDays reversed_range: "lostDays" must be more than "quietDays" (400), but it is 365.',
  ]);
  assert.deepEqual(await refused(instantiate("channel-opened", { channel: "fax" as never })), [
    '/channel invalid_value: "channel" must be one of "email", "push", "sms", but it is "fax".',
  ]);
  assert.deepEqual(await refused(instantiate("cart-abandonement" as never)), [
    ' unknown_key: There is no template "cart-abandonement" here; did you mean "cart-abandonment"?',
  ]);
  assert.deepEqual(await refused(personas({ nearShare: 2 })), [
    '/nearShare invalid_value: "nearShare" must be a number from 0 to 1 (share), but it is 2.',
  ]);
  assert.equal(
    (await refused(instantiate("sign-up", {}, { id: "not an id" })))[0]?.split(":")[0],
    "/id invalid_id",
  );
});

const personaIds = [
  "high-rollers",
  "brand-enthusiasts",
  "potential-high-rollers",
  "nearly-there",
  "waiting-for-wows",
  "lapsed-high-rollers-and-enthusiasts",
  "window-shoppers",
  "dead-weight",
];

/** Contacts that do what personas look at, at times and for sums around their thresholds. */
function randomLines(random: Random, contacts: number): string[] {
  const events = ["Order Completed", "Order Completed", "Order Refunded", "Product Viewed"].concat([
    ...["Product Added", "Checkout Started", "page", "Email Opened", "Something Else"],
  ]);
  const lines: string[] = [];
  for (let contact = 0; contact < contacts; contact += 1) {
    const userId = `u${contact}`;
    lines.push(JSON.stringify({ type: "identify", userId, timestamp: startOfYear }));
    const count = random.integer(0, 14);
    const spread = random.pick([30, 95, 380, 800]);
    for (let index = 0; index < count; index += 1) {
      const event = random.pick(events);
      const timestamp =
        startOfYear +
        random.pick([-90 * day, -90 * day + 1, -365 * day, -365 * day + 1, 0, 1]) *
          random.integer(0, 1) -
        random.integer(0, spread) * day * random.integer(0, 1) -
        random.integer(0, 23) * hour;
      const total = random.pick([0, 10, 60, 120, 125, 250, 499.99, 500, 800, -5, "12", null]);
      lines.push(
        JSON.stringify({ type: "track", userId, event, timestamp, properties: { total } }),
      );
    }
  }
  return lines;
}

test("every contact is exactly one of the exclusive personas, whatever the thresholds", async () => {
  const core = await coreFromBuild();
  const random = new Random(20261123);
  const seen = new Map<string, number>();
  let decided = 0;
  for (let round = 0; round < 40; round += 1) {
    const lines = randomLines(random, 60);
    // Beyond what the arguments allow, too: parameters may be overridden afterwards.
    const parameters = {
      recentDays: random.pick([1, 30, 90]),
      valueDays: random.pick([1, 30, 365]),
      highValue: random.pick([-100, 0, 250, 500, 5000]),
      highOrderValue: random.pick([0, 120, 500]),
      frequentOrders: random.pick([0, 1, 2, 4, 9]),
      engagedDays: random.pick([0, 2, 4]),
      shopperViews: random.pick([0, 1, 3]),
      nearShare: random.pick([-1, 0, 0.5, 1, 3]),
    };
    const definitions = await personas({ exclusive: true });
    const at = startOfYear;
    const directory = new Directory(core, {
      segments: definitions,
      parameters,
      live: false,
      source: "test",
      epoch: "0",
    });
    directory.ingest(lines.join("\n"));
    const answer = JSON.parse(directory.evaluate(at, true)) as Record<
      string,
      { members: string[] }
    >;
    directory.close();
    const members = Object.entries(answer).flatMap(([id, entry]) => {
      seen.set(id, (seen.get(id) ?? 0) + entry.members.length);
      return entry.members;
    });
    assert.equal(members.length, 60);
    assert.equal(new Set(members).size, 60);
    decided += members.length;
    const oracle = evaluate({ definitions, lines, at, parameters });
    for (const [id, entry] of Object.entries(answer)) {
      assert.deepEqual(entry.members, oracle.segments[id], id);
    }
  }
  assert.equal(decided, 2400);
  for (const id of personaIds) assert.ok((seen.get(id) ?? 0) > 0, id);
});

test("the exclusive personas decide as the others where only one of those holds, and by their order else", async () => {
  const core = await coreFromBuild();
  const random = new Random(7);
  const overlapping = await personas();
  const exclusive = await personas({ exclusive: true });
  assert.deepEqual(
    overlapping.map(({ id }) => id),
    personaIds,
  );
  const lines = randomLines(random, 600);
  const decide = (definitions: typeof exclusive) => {
    const directory = new Directory(core, {
      segments: definitions,
      live: false,
      source: "test",
      epoch: "0",
    });
    directory.ingest(lines.join("\n"));
    const answer = JSON.parse(directory.evaluate(startOfYear, true));
    directory.close();
    return answer as Record<string, { members: string[] }>;
  };
  const several = decide(overlapping);
  const one = decide(exclusive);
  let overlaps = 0;
  for (let contact = 0; contact < 600; contact += 1) {
    const of = (answer: Record<string, { members: string[] }>) =>
      personaIds.filter((id) => answer[id]?.members.includes(`u${contact}`));
    assert.deepEqual(of(one), of(several).slice(0, 1));
    if (of(several).length > 1) overlaps += 1;
  }
  assert.ok(overlaps > 20);
});

test("every persona argument has a bound or a kind, and a parameter of its name where it is a threshold", async () => {
  const list = await personaArguments();
  const declared = new Set(
    (await personas()).flatMap(({ parameters = {} }) => Object.keys(parameters)),
  );
  const thresholds = list.filter(({ type }) => type === "whole" || type === "number");
  assert.deepEqual(new Set(thresholds.map(({ name }) => name)), declared);
});

test("thresholds are suggested from contacts, whether or not those who have nothing are counted", async () => {
  // Of 1,000 contacts 200 buy, for 1 to 200 each.
  const values = Array.from({ length: 1000 }, (_, index) => Math.max(0, index - 799));
  const asked: number[] = [];
  const source = (all: readonly number[]): QuantileSource => ({
    quantile(_, q, { at }) {
      asked.push(at);
      return all[Math.max(0, Math.ceil(q * all.length) - 1)] ?? null;
    },
  });
  const everybody = await suggestThresholds(source(values), { at: startOfYear });
  const buyers = await suggestThresholds(source(values.filter((value) => value > 0)), {
    at: startOfYear,
  });
  assert.deepEqual(everybody, {
    highValue: 180,
    highOrderValue: 160,
    frequentOrders: 160,
    engagedDays: 120,
    shopperViews: 100,
  });
  assert.deepEqual(buyers, everybody);
  assert.ok(asked.every((at) => at === startOfYear));
  assert.deepEqual(await suggestThresholds(source([]), { at: 0 }), {});
  assert.equal((await personas({ exclusive: true, ...everybody })).length, 8);
  await assert.rejects(suggestThresholds({} as never, { at: 0 }), { code: "invalid_argument" });
  await assert.rejects(suggestThresholds(source([]), { at: 0.5 }), { code: "invalid_argument" });
});

test("thresholds come from a loaded audience, and part its contacts into the personas", async () => {
  const audience = await createAudience({ segments: [] });
  const at = startOfYear + 100 * day;
  const lines: object[] = [];
  for (let contact = 0; contact < 400; contact += 1) {
    const userId = `c${contact}`;
    const say = (event: string, daysAgo: number, properties: object = {}) =>
      lines.push({ type: "track", userId, event, timestamp: at - daysAgo * day, properties });
    say("Product Viewed", 1 + (contact % 120));
    // A quarter buys: contact 4n has 1 to 10 orders of 10.
    if (contact % 4 !== 0) continue;
    for (let order = 0; order <= contact / 4 / 10; order += 1) {
      say("Order Completed", 2 + order, { total: 10 });
    }
  }
  const { refused } = await audience.load(lines.map((line) => JSON.stringify(line)).join("\n"));
  assert.deepEqual(refused, []);
  const thresholds = await suggestThresholds(audience, { at });
  assert.equal(thresholds.highValue, 90, "nine in ten buyers have nine orders or fewer");
  assert.equal(thresholds.highOrderValue, 10);
  assert.equal(thresholds.frequentOrders, 8);
  audience.define(await personas({ exclusive: true, ...thresholds }));
  const counts = Object.values(audience.counts({ at }));
  assert.equal(counts.length, 8);
  assert.equal(
    counts.reduce((sum, count) => sum + count),
    400,
  );
  audience.dispose();
});
