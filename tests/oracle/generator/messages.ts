import { Raw, writeJson } from "./json_writer.ts";
import { refusedLine } from "./refused_lines.ts";
import { boundaryInstant, type Setting, timestampText } from "./setting.ts";
import { dateLiteral, oneNumber, oneScalar, oneText, type Written } from "./values_of_rules.ts";
import * as vocabulary from "./vocabulary.ts";

/** Random histories: mostly good messages at telling times, with everything that can go wrong. */
export interface History {
  lines: (string | Uint8Array)[];
}

const badDates = [
  "2026-02-30",
  "2026-13-01",
  "20260101",
  "1700000000000",
  "",
  1.5,
  8.64e15 + 2,
  null,
];

/** A value of another type than the one that is usual at a path. */
function oddValue(setting: Setting): unknown {
  const { random } = setting;
  return random.pick<unknown>([
    null,
    null,
    "5",
    5,
    true,
    false,
    [],
    {},
    ["Shoes", 1, null],
    { zip: 1 },
    [["Shoes"]],
    new Raw('"\\ud800"'),
  ]);
}

function dateValue(setting: Setting): unknown {
  const { random } = setting;
  if (random.chance(0.12)) return random.pick(badDates);
  return dateLiteral(setting, boundaryInstant(setting));
}

function address(setting: Setting): Written {
  const { random } = setting;
  const result: Written = {};
  if (random.chance(0.7))
    result["city"] = random.chance(0.9) ? oneText(setting) : oddValue(setting);
  if (random.chance(0.5))
    result["zip"] = random.chance(0.8) ? oneNumber(setting) : oddValue(setting);
  return result;
}

function scalarArray(setting: Setting): unknown[] {
  const { random } = setting;
  return Array.from({ length: random.integer(0, 3) }, () =>
    random.chance(0.9) ? oneScalar(setting) : oddValue(setting),
  );
}

function product(setting: Setting): unknown {
  if (setting.random.chance(0.1)) return oddValue(setting);
  return properties(setting, 1);
}

function properties(setting: Setting, depth = 0): Written {
  const { random } = setting;
  const result: Written = {};
  const put = (key: string, probability: number, usual: () => unknown): void => {
    if (!random.chance(probability)) return;
    result[key] = random.chance(0.87) ? usual() : oddValue(setting);
  };
  const number = (): unknown =>
    random.chance(0.03) ? new Raw(random.pick(vocabulary.numberTexts)) : oneNumber(setting);
  put("price", 0.85, number);
  put("qty", 0.6, number);
  put("sku", 0.7, () => oneText(setting));
  put("category", 0.6, () => oneText(setting));
  put("gift", 0.3, () => random.chance(0.5));
  put("tags", 0.45, () => scalarArray(setting));
  put("address", 0.3, () => address(setting));
  put("when", 0.25, () => dateValue(setting));
  put("a.b", 0.15, () => oneText(setting));
  put("", 0.05, () => oneScalar(setting));
  put("back\\slash", 0.05, () => oneScalar(setting));
  put("name", 0.1, () => oneText(setting));
  put("deep", 0.05, () => ({ er: { still: oneScalar(setting) } }));
  if (depth === 0) {
    put("products", 0.4, () =>
      Array.from({ length: random.integer(0, 3) }, () => product(setting)),
    );
  }
  if (depth === 0 && random.chance(0.006)) addFiller(setting, result);
  return result;
}

/** So many leaves that those late in the order of paths are cut, or just not. */
function addFiller(setting: Setting, object: Written): void {
  const { random } = setting;
  const filler: Written = {};
  const count = random.integer(246, 257);
  for (let index = 0; index < count; index += 1) {
    filler[`b${String(index).padStart(3, "0")}`] = random.pick([index, null, []]);
  }
  if (random.chance(0.5)) Object.assign(object, filler);
  else object["b"] = filler;
}

function traits(setting: Setting): Written {
  const { random } = setting;
  const result: Written = {};
  const put = (key: string, probability: number, usual: () => unknown): void => {
    if (!random.chance(probability)) return;
    result[key] = random.chance(0.85) ? usual() : oddValue(setting);
  };
  put("plan", 0.4, () => oneText(setting));
  put("homeCity", 0.3, () => oneText(setting));
  put("age", 0.3, () => oneNumber(setting));
  put("limit", 0.3, () => oneNumber(setting));
  put("vip", 0.25, () => random.chance(0.5));
  put("tags", 0.4, () => scalarArray(setting));
  put("words", 0.35, () => scalarArray(setting));
  put("range", 0.2, () => [oneNumber(setting), oneNumber(setting)]);
  put("period", 0.15, () => [dateValue(setting), dateValue(setting)]);
  put("birthday", 0.55, () => dateValue(setting));
  put("renewal", 0.55, () => dateValue(setting));
  put("a.b", 0.15, () => oneText(setting));
  put("timezone", 0.3, () => random.pick<unknown>(vocabulary.zoneTraits));
  put("", 0.05, () => oneScalar(setting));
  if (random.chance(0.4)) {
    result["address"] = random.weighted<() => unknown>([
      [6, () => address(setting)],
      [1, () => oneText(setting)],
      [1, () => null],
      [1, () => ({})],
      [1, () => ({ city: { block: oneText(setting) } })],
      [1, () => ({ city: {}, zip: null })],
      [1, () => [address(setting)]],
    ])();
  }
  if (random.chance(0.006)) addFiller(setting, result);
  return result;
}

interface Plan {
  contacts: readonly string[];
  aliases: boolean;
  ordered: boolean;
}

function pageBody(setting: Setting, type: "page" | "screen"): Written {
  const { random } = setting;
  const result: Written = { type, properties: properties(setting) };
  if (random.chance(0.6))
    result["name"] = random.chance(0.8) ? oneText(setting) : oddValue(setting);
  if (random.chance(0.2)) delete result["properties"];
  return result;
}

function body(setting: Setting, plan: Plan): Written {
  const { random } = setting;
  const type = random.weighted([
    [60, "track"],
    [5, "page"],
    [4, "screen"],
    [18, "identify"],
    [5, "channel"],
    [5, "list"],
    [plan.aliases ? 6 : 0, "alias"],
  ]);
  switch (type) {
    case "track": {
      const names = random.chance(0.9) ? setting.eventNames : vocabulary.eventNames;
      const event = random.pick(names);
      // A track may bear the name of a page too, but mostly those names come of themselves.
      if ((event === "page" || event === "screen") && random.chance(0.8)) {
        return pageBody(setting, event);
      }
      const result: Written = { type, event };
      if (random.chance(0.85)) result["properties"] = properties(setting);
      else if (random.chance(0.3)) result["properties"] = null;
      return result;
    }
    case "page":
    case "screen":
      return pageBody(setting, type);
    case "identify":
      return { type, traits: random.chance(0.95) ? traits(setting) : null };
    case "channel": {
      const channel = random.pick(vocabulary.channels);
      return { type, channel, reachable: random.chance(0.6) };
    }
    case "list":
      return {
        type,
        list: random.pick(vocabulary.lists),
        action: random.chance(0.6) ? "add" : "remove",
      };
    default:
      return { type, previousId: random.pick(plan.contacts) };
  }
}

function addContact(setting: Setting, message: Written, plan: Plan): void {
  const { random } = setting;
  const contact = random.pick(plan.contacts);
  if (random.chance(0.8)) message["userId"] = contact;
  else message["anonymousId"] = contact;
  if (random.chance(0.05)) {
    if (message["userId"] === undefined) message["userId"] = random.pick([null, ""]);
    else message["anonymousId"] = random.pick([null, "", "u2", "a-7"]);
  }
}

function addMessageId(setting: Setting, message: Written, used: string[]): void {
  const { random } = setting;
  if (random.chance(0.3)) {
    if (random.chance(0.1)) message["messageId"] = random.pick([null, ""]);
    return;
  }
  const repeated = used.length > 0 && random.chance(0.2);
  const messageId = repeated ? random.pick(used) : `m${used.length + 1}`;
  if (!repeated) used.push(messageId);
  message["messageId"] = messageId;
}

function addTimestamp(setting: Setting, message: Written, time: number): void {
  const { random } = setting;
  if (random.chance(0.96)) message["timestamp"] = timestampText(random, time);
  else if (random.chance(0.3)) message["timestamp"] = null;
}

/** Around a good line: what is skipped, ignored or read by the last word of it. */
function dressed(setting: Setting, line: string, first: boolean): string {
  const { random } = setting;
  let result = line;
  if (random.chance(0.01))
    result = result.replace("{", '{"type":"gone","properties":7,"traits":[],');
  if (random.chance(0.01)) result = result.replace(/}$/, ',"context":{"deep":[[[{}]]]}}');
  if (random.chance(0.004)) {
    result = result.replace(/}$/, `,"ignored":${"[".repeat(63)}${"]".repeat(63)}}`);
  }
  if (random.chance(0.01)) result = ` \t${result} `;
  if (random.chance(0.02)) result = `${result}\r`;
  if (first && random.chance(0.03)) result = `\ufeff${result}`;
  return result;
}

/** Just under or over the bound of a history, so that its oldest events go, or nearly. */
function fullHistory(setting: Setting, contact: string): string[] {
  const { random, anchor } = setting;
  const count = 10_000 + random.integer(-6, 6);
  const event = random.pick(setting.eventNames);
  const spacing = random.pick([1, 1000, 3_600_000]);
  const lines: string[] = [];
  for (let index = 0; index < count; index += 1) {
    // Few distinct times at the old end, so that the cut falls among ties.
    const age = Math.min(index, count - 8) * spacing;
    const price = index > count - 20 ? oneNumber(setting) : 1;
    const message = { type: "track", userId: contact, event, timestamp: anchor - age };
    lines.push(writeJson({ ...message, properties: { price } }, random));
  }
  const oldest = anchor - (count - 8) * spacing;
  setting.times.push(oldest, oldest, oldest + spacing);
  return random.chance(0.5) ? lines : lines.reverse();
}

export function newHistory(setting: Setting): History {
  const { random } = setting;
  const plan: Plan = {
    contacts: random.shuffled(vocabulary.contactIds).slice(0, random.integer(1, 4)),
    aliases: random.chance(0.35),
    ordered: random.chance(0.7),
  };
  const lines: (string | Uint8Array)[] = [];
  if (setting.bulky) {
    plan.contacts = plan.contacts.slice(0, 2);
    lines.push(...fullHistory(setting, plan.contacts[0] as string));
  }
  const count = random.chance(0.04) ? 0 : random.integer(1, 25);
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const time = boundaryInstant(setting);
    times.push(time);
    setting.times.push(time);
  }
  if (plan.ordered) times.sort((left, right) => left - right);
  const accepted: string[] = [];
  const messageIds: string[] = [];
  for (const time of times) {
    if (random.chance(0.06)) lines.push(refusedLine(setting, random.pick(plan.contacts)));
    if (random.chance(0.03)) lines.push(random.pick(["", " ", "\r", "\t"]));
    if (accepted.length > 0 && random.chance(0.05)) lines.push(random.pick(accepted));
    const message = body(setting, plan);
    addContact(setting, message, plan);
    addMessageId(setting, message, messageIds);
    addTimestamp(setting, message, time);
    const line = dressed(setting, writeJson(message, random), lines.length === 0);
    accepted.push(line.replace("\ufeff", ""));
    lines.push(line);
  }
  return { lines };
}
