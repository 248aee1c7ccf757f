import { type ParseArgsConfig, parseArgs } from "node:util";
import { splitAt } from "../csv/split_at.ts";
import type { ParameterOverrides, ParameterValue } from "../javascript/definition_types.ts";
import { UsageError } from "./usage_error.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads a command's options; what is wrong with them is a UsageError. */
export function parsedOptions<const Known extends Options>(
  parameters: readonly string[],
  options: Known,
) {
  try {
    return parseArgs({ args: [...parameters], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The option's value, which the command cannot do without. */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === "") throw new UsageError(`${option} is missing.`);
  return value;
}

export function noPositionals(positionals: readonly string[]): void {
  if (positionals.length > 0) {
    throw new UsageError(`"${positionals[0]}" is not expected here.`);
  }
}

/** Reads `name=JSON`, repeated. */
export function parameterOverrides(
  texts: readonly string[] | undefined,
): ParameterOverrides | undefined {
  if (texts === undefined || texts.length === 0) return undefined;
  const overrides: Record<string, ParameterValue> = Object.create(null);
  for (const text of texts) {
    const [name, json] = splitAt(text, "=");
    if (name === "" || json === undefined) {
      throw new UsageError(`--parameter ${text}: write it as name=JSON, such as highValue=200.`);
    }
    try {
      overrides[name] = JSON.parse(json) as ParameterValue;
    } catch {
      throw new UsageError(
        `--parameter ${text}: ${json} is not JSON. A text needs quotes: ${name}='"${json}"'.`,
      );
    }
  }
  return overrides;
}

/** Reads `name=value`, repeated: the value is JSON, or else the text as it stands. */
export function settings(texts: readonly string[] | undefined): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  for (const text of texts ?? []) {
    const [name, value] = splitAt(text, "=");
    if (name === "" || value === undefined) {
      throw new UsageError(`--set ${text}: write it as name=value, such as waitHours=12.`);
    }
    try {
      values[name] = JSON.parse(value);
    } catch {
      values[name] = value;
    }
  }
  return values;
}
