import { readFileSync } from "node:fs";

const file = new URL("./project/commands.json", import.meta.url);
const commands = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, string>>;

/**
 * What a command of project/commands.json gives its program; which one that is, the tests choose. The pages of
 * docs/runtimes show the same commands.
 */
export function parametersOf(name: string): string[] {
  const [, ...parameters] = commands[name]?.split(" ") ?? [];
  if (parameters.length === 0) throw new Error(`project/commands.json has no command "${name}"`);
  return parameters;
}
