import type { ExplainedCondition } from "@fosterflow/segments";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { shownValue } from "./shown_value.ts";

/** What was found at a condition, in words: the engine's in English, and the same facts in the page's other language. */
export function useFinding(): (node: ExplainedCondition) => string {
  const { t } = useScreenTexts("contacts");
  const { number } = useFormats();
  const language = useLanguage();
  const value = (observed: unknown) =>
    typeof observed === "number" ? number(observed) : shownValue(observed);
  return (node) => {
    if (language === "en") return node.finding;
    switch (node.kind) {
      case "all":
      case "any":
      case "none":
        return t("found.group", {
          holding: node.of.filter(({ holds }) => holds).length,
          all: node.of.length,
        });
      case "event":
        return t("found.measured", { value: value(node.observed) });
      case "sequence":
        return t(`found.sequence.${node.observed.state}`, {
          steps: node.observed.steps,
          wanted: node.wanted.steps,
        });
      case "attribute":
        return node.observed === null
          ? t("found.unknown")
          : t("found.value", { value: value(node.observed) });
      case "channel":
        return t(`found.${node.observed}`);
      case "list":
        return t(`found.list.${node.observed}`);
      case "segment":
        return t(`found.segment.${node.observed}`);
      case "compare":
        return t("found.compared", {
          left: value(node.observed.left),
          right: value(node.observed.right),
        });
      case "sample":
        return t("found.sample", { point: number(node.observed.point) });
    }
  };
}
