import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Combobox } from "../components/combobox.tsx";
import { SelectField } from "../components/field.tsx";
import { useLanguage } from "../language/language.ts";
import { useBuilder, useDerived, useIsInvalid, useValue } from "./builder_context.ts";
import { ComparisonEditor } from "./comparison_editor.tsx";
import { EventFilterEditor, EventNamesEditor } from "./event_selector_editor.tsx";
import { type Json, jsonOf, textOf } from "./json_shape.ts";
import { propertiesOf } from "./new_parts.ts";
import { measureOperators, propertyOperators } from "./operators.ts";
import { valueAt, withMembers } from "./pointer.ts";
import { propertySuggestions } from "./suggestions.ts";
import { WindowEditor } from "./window_editor.tsx";

const functions = [
  "count",
  "sum",
  "avg",
  "min",
  "max",
  "distinct",
  "first",
  "last",
  "active",
] as const;
type MeasureFunction = (typeof functions)[number];
const activeUnits = ["hour", "day", "week", "month"] as const;
const numeric: ReadonlySet<MeasureFunction> = new Set(["sum", "avg", "min", "max"]);

function useMeasure(pointer: string) {
  const { vocabulary } = useBuilder();
  const measure = jsonOf(useValue(`${pointer}/measure`));
  const event = useValue(`${pointer}/event`);
  const fn = (functions.find((name) => name === measure["fn"]) ?? "count") as MeasureFunction;
  const properties = propertiesOf(vocabulary, event as string);
  return { measure, fn, properties };
}

/** What is measured over the events: how many they are, the sum of a property, and so on. */
export const MeasureEditor = memo(function MeasureEditor({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { change, definitions } = useBuilder();
  const language = useLanguage();
  const { measure, fn, properties } = useMeasure(pointer);
  const isInvalid = useIsInvalid(`${pointer}/measure`);
  const choose = (chosen: MeasureFunction) => {
    const node = jsonOf(valueAt(definitions.get(), pointer));
    if (chosen === "count") {
      change(pointer, withMembers(node, { measure: undefined }));
      return;
    }
    if (chosen === "active") {
      change(pointer, withMembers(node, { measure: { fn: "active", unit: "day" } }));
      return;
    }
    const likely = properties.find(({ type }) => !numeric.has(chosen) || type === "number");
    const property = measure["property"] ?? likely?.path ?? "";
    // What the value was compared with says nothing about the new one.
    const comparison =
      chosen === "first" || chosen === "last"
        ? {
            op: node["op"] ?? "is_set",
            value: node["op"] === undefined ? undefined : node["value"],
          }
        : {};
    change(pointer, withMembers(node, { measure: { fn: chosen, property }, ...comparison }));
  };
  return (
    <>
      <SelectField
        label={t("builder.measure")}
        isLabelHidden
        value={fn}
        choices={functions.map((value) => ({ value, label: t(`builder.measures.${value}`) }))}
        onChoose={choose}
      />
      {fn === "active" && (
        <SelectField
          label={t("builder.unit")}
          isLabelHidden
          value={String(measure["unit"])}
          choices={activeUnits.map((unit) => ({
            value: unit as string,
            label: t(`builder.activeUnits.${unit}`),
          }))}
          onChoose={(unit) => change(`${pointer}/measure/unit`, unit)}
        />
      )}
      {fn !== "count" && fn !== "active" && (
        <Combobox
          label={t("builder.property")}
          value={textOf(measure["property"])}
          suggestions={propertySuggestions(
            properties,
            language,
            ({ type }) => type !== "items" && (!numeric.has(fn) || type === "number"),
          )}
          onChoose={(property) => change(`${pointer}/measure/property`, property)}
          isInvalid={isInvalid}
        />
      )}
    </>
  );
});

type Frequency = "once" | "never" | "compared";

function frequencyOf(node: Json): Frequency {
  if ((jsonOf(node["measure"])["fn"] ?? "count") !== "count") return "compared";
  if (node["op"] === "eq" && node["value"] === 0) return "never";
  return node["op"] === undefined && node["value"] === undefined ? "once" : "compared";
}

/** What somebody did, how much of it, and when. */
export function EventEditor({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { change, definitions } = useBuilder();
  const { measure, fn, properties } = useMeasure(pointer);
  const word =
    fn === "first" || fn === "last"
      ? properties.find(({ path }) => path === measure["property"])
      : undefined;
  const frequency = useDerived((definition) => frequencyOf(jsonOf(valueAt(definition, pointer))));
  const chooseFrequency = (chosen: Frequency) => {
    const node = jsonOf(valueAt(definitions.get(), pointer));
    const comparison = {
      once: { op: undefined, value: undefined },
      never: { op: "eq", value: 0 },
      compared: { op: "gte", value: 1 },
    }[chosen];
    change(pointer, withMembers(node, comparison));
  };
  return (
    <>
      <div className="value-group">
        {fn === "count" && (
          <SelectField
            label={t("builder.frequency")}
            isLabelHidden
            value={frequency}
            choices={(["once", "never", "compared"] as const).map((value) => ({
              value,
              label: t(`builder.frequencies.${value}`),
            }))}
            onChoose={chooseFrequency}
          />
        )}
        <EventNamesEditor pointer={pointer} />
      </div>
      <EventFilterEditor pointer={pointer} />
      {frequency === "compared" && (
        <div className="value-group">
          <MeasureEditor pointer={pointer} />
          <ComparisonEditor
            pointer={pointer}
            operators={fn === "first" || fn === "last" ? propertyOperators : measureOperators}
            word={word}
          />
        </div>
      )}
      <WindowEditor owner={pointer} />
    </>
  );
}
