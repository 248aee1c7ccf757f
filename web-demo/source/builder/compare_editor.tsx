import { useTranslation } from "react-i18next";
import { SelectField } from "../components/field.tsx";
import { useBuilder, useParameters, useValue } from "./builder_context.ts";
import { MeasureEditor } from "./event_editor.tsx";
import { EventFilterEditor, EventNamesEditor } from "./event_selector_editor.tsx";
import { isJson, jsonOf, listOf } from "./json_shape.ts";
import { NumberInput } from "./number_input.tsx";
import { ReferenceInput } from "./reference_menu.tsx";
import { WindowEditor } from "./window_editor.tsx";

const operators = ["gt", "gte", "lt", "lte", "eq", "ne"] as const;
const arithmetic = ["add", "sub", "mul", "div"] as const;
const forms = ["number", "metric", "parameter", "attribute", ...arithmetic] as const;
type Form = (typeof forms)[number];

/** Two measured values and how they compare. */
export function CompareEditor({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const node = jsonOf(useValue(pointer));
  return (
    <div className="compare">
      <ExpressionEditor pointer={`${pointer}/left`} />
      <SelectField
        label={t("builder.operator")}
        isLabelHidden
        value={String(node["op"])}
        choices={operators.map((op) => ({
          value: op as string,
          label: t(`builder.compares.${op}`),
        }))}
        onChoose={(op) => change(`${pointer}/op`, op)}
      />
      <ExpressionEditor pointer={`${pointer}/right`} />
    </div>
  );
}

function formOf(value: unknown): Form {
  if (!isJson(value)) return "number";
  return forms.find((form) => form in value) ?? "number";
}

function ExpressionEditor({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { change, vocabulary } = useBuilder();
  const parameters = Object.keys(useParameters());
  const value = useValue(pointer);
  const form = formOf(value);
  const event =
    vocabulary.events.find(({ name }) => name === "Order Completed") ?? vocabulary.events[0];
  const metric = { metric: { event: event?.name ?? "", window: { last: { days: 30 } } } };
  const choose = (chosen: Form) => {
    if (arithmetic.some((name) => name === chosen)) {
      const operands = arithmetic.some((name) => name === form)
        ? listOf(jsonOf(value)[form])
        : [value, 1];
      change(pointer, { [chosen]: operands });
      return;
    }
    const beginnings: Partial<Record<Form, unknown>> = {
      number: 1,
      metric,
      parameter: { parameter: parameters[0] ?? "" },
      attribute: { attribute: vocabulary.traits.find(({ type }) => type === "number")?.path ?? "" },
    };
    change(pointer, beginnings[chosen]);
  };
  const shown = forms.filter(
    (name) => name !== "parameter" || parameters.length > 0 || form === "parameter",
  );
  return (
    <div className="expression">
      <SelectField
        label={t("builder.expression")}
        isLabelHidden
        value={form}
        choices={shown.map((name) => ({ value: name, label: t(`builder.expressions.${name}`) }))}
        onChoose={choose}
      />
      {form === "number" && (
        <NumberInput
          label={t("builder.value")}
          value={value}
          onChange={(number) => change(pointer, number)}
        />
      )}
      {(form === "parameter" || form === "attribute") && (
        <ReferenceInput pointer={pointer} value={value} />
      )}
      {form === "metric" && (
        <div className="nested">
          <div className="value-group">
            <MeasureEditor pointer={`${pointer}/metric`} />
            <span>{t("builder.of")}</span>
            <EventNamesEditor pointer={`${pointer}/metric`} />
          </div>
          <EventFilterEditor pointer={`${pointer}/metric`} />
          <WindowEditor owner={`${pointer}/metric`} />
        </div>
      )}
      {arithmetic.some((name) => name === form) && (
        <div className="nested">
          <ExpressionEditor pointer={`${pointer}/${form}/0`} />
          <span className="expression-sign">{t(`builder.signs.${form}`)}</span>
          <ExpressionEditor pointer={`${pointer}/${form}/1`} />
        </div>
      )}
    </div>
  );
}
