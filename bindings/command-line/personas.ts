import { Authoring } from "../javascript/authoring_service.ts";
import { type Command, exitCode } from "./command.ts";
import { startCore } from "./core_file.ts";
import { languageOption } from "./describe.ts";
import { noPositionals, parsedOptions, settings } from "./parsed_options.ts";
import { argumentsText, printed } from "./templates.ts";

const help = `Usage: fosterflow-segments personas [options]

Prints the definitions of the eight personas, in the order in which they win where two could hold:
High Rollers, Brand Enthusiasts, Potential High Rollers, Nearly There, Waiting for Wows,
Lapsed High Rollers & Enthusiasts, Window Shoppers, Dead Weight.

  --exclusive             Each contact is in exactly one of them. Without it each rule stands for itself.
  --set NAME=VALUE        A threshold or the name of an event: JSON, or else a text. Repeatable.
  --language CODE         Of names, descriptions and units: en (the default) or de.
  --arguments             What can be set, with defaults and bounds, instead of the definitions.
  --json                  The arguments as JSON; the definitions always are.
  --help                  This text.

Exit codes: 0 ok, 1 a value is refused, 2 called wrongly.

Examples:
  fosterflow-segments personas --arguments
  fosterflow-segments personas --exclusive --set highValue=1000 --set recentDays=60 > segments/personas.json
`;

export const personasCommand: Command = {
  name: "personas",
  summary: "Print the definitions of the eight personas",
  help,
  async run(parameters, terminal) {
    const { values, positionals } = parsedOptions(parameters, {
      exclusive: { type: "boolean", default: false },
      set: { type: "string", multiple: true },
      language: { type: "string", default: "en" },
      arguments: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    });
    noPositionals(positionals);
    const language = languageOption(values.language);
    const authoring = new Authoring(await startCore());
    if (values.arguments) {
      await terminal.print(argumentsText(authoring.personaArguments({ language }), values.json));
      return exitCode.ok;
    }
    return printed(terminal, () =>
      authoring.personas({ ...settings(values.set), language, exclusive: values.exclusive }),
    );
  },
};
