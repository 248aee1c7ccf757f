import type { Case } from "../oracle/generator.ts";

/** What must stay data, wherever it stands in a definition. */
const hostileTexts = [
  "'; DROP TABLE contacts; --",
  "''",
  "\\'",
  "\\",
  "\\\\' OR TRUE --",
  '"; DELETE FROM events; --',
  '""',
  "*/ /* -- #",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what others fill in is to stay as it is
  "${name} {{name}} :name $1 ? %s @name {name:String}",
  "$$ $tag$ E'\\x27'",
  "100%_!",
  "line\nbreak\r\ttab",
  "\u0001\u007f\u0085\u2028",
  "\ud83d\ude00 \u212a \u017f e\u0301 \uff5a",
  "`tick` [bracket] #>> ->>",
  "~0 ~1 / $ .* [0]",
  "",
] as const;

/** No text of PostgreSQL has it, so data with it are a case of their own. */
const textWithNull = "a\0b";

const time = Date.UTC(2026, 5, 1);

function conditionsOf(text: string): object[] {
  const path = text.replaceAll(/[\\.]/g, (character) => `\\${character}`);
  const pattern = text.replaceAll(/[\\*?]/g, (character) => `\\${character}`);
  const conditions: object[] = [
    { kind: "attribute", attribute: "value", op: "eq", value: text },
    { kind: "attribute", attribute: "value", op: "not_in", value: [text, 1] },
    { kind: "attribute", attribute: "value", op: "contains", value: text },
    { kind: "attribute", attribute: "value", op: "starts_with", value: text },
    { kind: "attribute", attribute: "value", op: "ends_with", value: text },
    { kind: "attribute", attribute: "value", op: "like", value: `*${pattern}` },
    { kind: "attribute", attribute: "values", op: "includes_any", value: [text] },
    { kind: "attribute", attribute: path, op: "eq", value: 1 },
    { kind: "attribute", attribute: `deep.${path}.er`, op: "eq", value: text },
    { kind: "sample", percent: 50, salt: text },
  ];
  if (text !== "") {
    conditions.push(
      { kind: "channel", channel: text, op: "reachable" },
      { kind: "list", list: text, op: "in" },
      {
        kind: "event",
        event: text,
        where: { kind: "property", property: path, op: "eq", value: text },
      },
      {
        kind: "event",
        event: [text, "other"],
        where: {
          kind: "item",
          items: "items",
          where: { kind: "property", property: path, op: "like", value: `${pattern}*` },
        },
      },
    );
  }
  return conditions;
}

function linesOf(text: string, userId: string): object[] {
  const timestamp = time;
  const traits = { value: text, values: [text, 2], [text]: 1, deep: { [text]: { er: text } } };
  const lines: object[] = [{ type: "identify", userId, timestamp, traits }];
  if (text === "") return lines;
  const properties = { [text]: text, items: [{ [text]: `${text} and more` }] };
  lines.push(
    { type: "channel", userId, channel: text, reachable: true, timestamp },
    { type: "list", userId, list: text, action: "add", timestamp },
    { type: "track", userId, event: text, messageId: text, properties, timestamp },
  );
  return lines;
}

function caseOf(texts: readonly string[], dataTexts: readonly string[]): Case {
  const conditions = texts.flatMap(conditionsOf);
  return {
    seed: 0,
    definitions: conditions.map((when, index) => ({ version: 1, id: `hostile-${index}`, when })),
    // The text is also the contact's id.
    lines: dataTexts
      .flatMap((text) => linesOf(text, text === "" ? "nobody" : text))
      .map((line) => JSON.stringify(line)),
    instants: [time],
    source: "replay",
    epoch: "0",
  };
}

/** Names and texts that try to be more than data, in rules and data alike. */
export function hostileCases(): Case[] {
  return [
    caseOf([...hostileTexts, textWithNull], hostileTexts),
    caseOf([textWithNull], [textWithNull, ...hostileTexts]),
  ];
}
