import { Authoring } from "../javascript/authoring_service.ts";
import { SegmentError } from "../javascript/segment_error.ts";
import type { TemplateArgument, TemplateId } from "../javascript/template_types.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { languageOption } from "./describe.ts";
import { parsedOptions, settings } from "./parsed_options.ts";
import { textTable } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage_error.ts";

const help = `Usage: fosterflow-segments templates [--json]
       fosterflow-segments templates ID [options]

Lists the predefined scenarios, or prints the definition that one of them gives.

  ID                      The template.
  --set NAME=VALUE        An argument: JSON, or else a text. Repeatable.
  --id ID                 The id of the definition (default: that of the template).
  --name TEXT             Its name.
  --language CODE         Of name, description and units: en (the default) or de.
  --arguments             The template's arguments, with defaults and bounds, instead of a definition.
  --json                  The list, or the arguments, as JSON.
  --help                  This text.

Exit codes: 0 ok, 1 an argument or template is refused, 2 called wrongly.

Examples:
  fosterflow-segments templates cart-abandonment --arguments
  fosterflow-segments templates cart-abandonment --set waitHours=12 > segments/cart-abandonment.json
  fosterflow-segments templates channel-ignored --set channel=push --set messages=3
`;

export const templatesCommand: Command = {
  name: "templates",
  summary: "List the predefined scenarios, or print one's definition",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      set: { type: "string", multiple: true },
      id: { type: "string" },
      name: { type: "string" },
      language: { type: "string", default: "en" },
      arguments: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    });
    const [id, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`"${more[0]}" is not expected here.`);
    const authoring = new Authoring(await startCore());
    const language = languageOption(values.language);
    const all = authoring.templates({ language });
    if (id === undefined) {
      if (values.set !== undefined || values.id !== undefined || values.arguments) {
        throw new UsageError("Say which template.");
      }
      await terminal.print(
        values.json
          ? `${JSON.stringify(all, null, 2)}\n`
          : textTable(
              [
                { title: "Template", align: "left" },
                { title: "Who", align: "left" },
              ],
              all.map((template) => [template.id, template.description]),
            ),
      );
      return exitCode.ok;
    }
    const template = all.find((candidate) => candidate.id === id);
    if (values.arguments && template !== undefined) {
      await terminal.print(argumentsText(template.arguments, values.json));
      return exitCode.ok;
    }
    const options = {
      language,
      ...(values.id === undefined ? {} : { id: values.id }),
      ...(values.name === undefined ? {} : { name: values.name }),
    };
    return printed(terminal, () =>
      authoring.instantiate(id as TemplateId, settings(values.set), options),
    );
  },
};

/** Prints what `make` gives as JSON, or names every argument that is refused. */
export async function printed(terminal: Terminal, make: () => unknown): Promise<number> {
  try {
    await terminal.printLine(JSON.stringify(make(), null, 2));
    return exitCode.ok;
  } catch (error) {
    if (!(error instanceof SegmentError) || error.problems.length === 0) throw error;
    for (const { path, message, code } of error.problems) {
      const place = path === "" ? "" : `--set ${path.slice(1)}: `;
      await terminal.tellLine(`${place}${message} [${code}]`);
    }
    return exitCode.refused;
  }
}

export function argumentsText(list: readonly TemplateArgument[], asJson: boolean): string {
  if (asJson) return `${JSON.stringify(list, null, 2)}\n`;
  return textTable(
    [
      { title: "Argument", align: "left" },
      { title: "Default", align: "left" },
      { title: "May be", align: "left" },
      { title: "What it is", align: "left" },
    ],
    list.map((argument) => [
      argument.name,
      typeof argument.default === "string" ? argument.default : JSON.stringify(argument.default),
      boundsOf(argument),
      argument.description,
    ]),
  );
}

function boundsOf(argument: TemplateArgument): string {
  switch (argument.type) {
    case "whole":
    case "number":
      return `${argument.minimum} to ${argument.maximum} ${argument.unit}`;
    case "choice":
      return argument.choices.join(", ");
    case "event":
      return "event, or list of events";
    default:
      return argument.type;
  }
}
