import type { PropertyFilter } from "@fosterflow/segments/audience";
import { Boxes, Clock, Group, ListFilter, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../components/button.tsx";
import { Combobox } from "../components/combobox.tsx";
import { SelectField } from "../components/field.tsx";
import { Menu } from "../components/menu.tsx";
import type { PropertyWord } from "../engine/vocabulary.ts";
import { useLanguage } from "../language/language.ts";
import { useBuilder, useIsInvalid, useValue } from "./builder_context.ts";
import { ComparisonEditor } from "./comparison_editor.tsx";
import { jsonOf, listOf, textOf } from "./json_shape.ts";
import { newClockFilter, newComparison, newItemFilter, newPropertyFilter } from "./new_parts.ts";
import { measureOperators, propertyOperators } from "./operators.ts";
import { nodeKey, splitPointer, valueAt, withMembers } from "./pointer.ts";
import { propertySuggestions } from "./suggestions.ts";

const groupKinds = ["all", "any", "none"] as const;
const clockUnits = ["hour", "weekday", "day_of_month", "month"] as const;

interface FilterProps {
  pointer: string;
  properties: readonly PropertyWord[];
}

/** The event parameters that must match: none, one, or a tree of them. `owner` is the node that has `where`. */
export function FilterEditor({
  owner,
  properties,
}: {
  owner: string;
  properties: readonly PropertyWord[];
}) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const pointer = `${owner}/where`;
  const where = useValue(pointer);
  const add = (filter: PropertyFilter) => {
    const kind = jsonOf(where)["kind"];
    if (where === undefined) change(pointer, filter);
    else if (kind === "all") change(`${pointer}/of`, [...listOf(jsonOf(where)["of"]), filter]);
    else change(pointer, { kind: "all", of: [where, filter] });
  };
  return (
    <div className="filters">
      {where !== undefined && (
        <div className="nested">
          <FilterNode pointer={pointer} properties={properties} />
        </div>
      )}
      <AddFilter label={t("builder.addParameter")} properties={properties} onAdd={add} />
    </div>
  );
}

interface AddFilterProps {
  label: string;
  properties: readonly PropertyWord[];
  onAdd: (filter: PropertyFilter) => void;
}

function AddFilter({ label, properties, onAdd }: AddFilterProps) {
  const { t } = useTranslation();
  return (
    <Menu
      trigger={
        <Button look="quiet" size="small" icon={<Plus aria-hidden />}>
          {label}
        </Button>
      }
      groups={[
        {
          entries: [
            {
              label: t("builder.filters.property"),
              icon: <ListFilter />,
              onChoose: () => onAdd(newPropertyFilter(properties)),
            },
            {
              label: t("builder.filters.item"),
              hint: t("builder.filters.itemHint"),
              icon: <Boxes />,
              onChoose: () => onAdd(newItemFilter(properties)),
            },
            {
              label: t("builder.filters.clock"),
              icon: <Clock />,
              onChoose: () => onAdd(newClockFilter()),
            },
            {
              label: t("builder.filters.group"),
              icon: <Group />,
              onChoose: () => onAdd({ kind: "any", of: [newPropertyFilter(properties)] }),
            },
          ],
        },
      ]}
    />
  );
}

function FilterNode({ pointer, properties }: FilterProps) {
  const { kind } = jsonOf(useValue(pointer)) as { kind?: string };
  if (groupKinds.some((name) => name === kind))
    return <FilterGroup pointer={pointer} properties={properties} />;
  if (kind === "item") return <ItemEditor pointer={pointer} properties={properties} />;
  if (kind === "clock") return <ClockEditor pointer={pointer} properties={properties} />;
  return <PropertyEditor pointer={pointer} properties={properties} />;
}

/** Takes a filter out, and the groups that are empty then. */
function useRemoveFilter(pointer: string): () => void {
  const { definitions, change } = useBuilder();
  return () => {
    let place = pointer;
    for (;;) {
      const { parent, name } = splitPointer(place);
      const list = valueAt(definitions.get(), parent);
      if (name === "where" || !Array.isArray(list) || list.length > 1) break;
      place = splitPointer(parent).parent;
    }
    change(place, undefined);
  };
}

function RemoveFilter({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const remove = useRemoveFilter(pointer);
  return (
    <IconButton label={t("builder.removeParameter")} size="small" onClick={remove}>
      <X aria-hidden />
    </IconButton>
  );
}

function FilterGroup({ pointer, properties }: FilterProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const node = jsonOf(useValue(pointer));
  const of = listOf(node["of"]);
  return (
    <div className="filter-group">
      <div className="value-group">
        <SelectField
          label={t("builder.groupKind")}
          isLabelHidden
          value={String(node["kind"])}
          choices={groupKinds.map((kind) => ({
            value: kind as string,
            label: t(`builder.filterGroups.${kind}`),
          }))}
          onChoose={(kind) => change(`${pointer}/kind`, kind)}
        />
        <RemoveFilter pointer={pointer} />
      </div>
      <div className="nested">
        {of.map((member, index) => (
          <FilterNode
            key={nodeKey(member)}
            pointer={`${pointer}/of/${index}`}
            properties={properties}
          />
        ))}
        <AddFilter
          label={t("builder.addParameterHere")}
          properties={properties}
          onAdd={(filter) => change(`${pointer}/of`, [...of, filter])}
        />
      </div>
    </div>
  );
}

function PropertyEditor({ pointer, properties }: FilterProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const language = useLanguage();
  const isInvalid = useIsInvalid(`${pointer}/property`);
  const node = jsonOf(useValue(pointer));
  const path = textOf(node["property"]);
  const word = properties.find((property) => property.path === path);
  const choose = (chosen: string) => {
    const next = properties.find((property) => property.path === chosen);
    const isOther = next !== undefined && next.type !== word?.type;
    const comparison = isOther
      ? { value: undefined, ignoreCase: undefined, ...newComparison(next) }
      : {};
    change(pointer, withMembers(node, { property: chosen, ...comparison }));
  };
  return (
    <div className="value-group filter">
      <Combobox
        label={t("builder.property")}
        value={path}
        suggestions={propertySuggestions(properties, language, ({ type }) => type !== "items")}
        onChoose={choose}
        isInvalid={isInvalid}
      />
      <ComparisonEditor pointer={pointer} operators={propertyOperators} word={word} />
      <RemoveFilter pointer={pointer} />
    </div>
  );
}

function ItemEditor({ pointer, properties }: FilterProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const language = useLanguage();
  const isInvalid = useIsInvalid(`${pointer}/items`);
  const node = jsonOf(useValue(pointer));
  const path = textOf(node["items"]);
  const array = properties.find((property) => property.path === path);
  return (
    <div className="filter-group">
      <div className="value-group">
        <span>{t("builder.itemOf")}</span>
        <Combobox
          label={t("builder.items")}
          value={path}
          suggestions={propertySuggestions(
            properties,
            language,
            ({ type }) => type === "items" || type === "list",
          )}
          onChoose={(items) => change(`${pointer}/items`, items)}
          isInvalid={isInvalid}
        />
        <span>{t("builder.itemWhere")}</span>
        <RemoveFilter pointer={pointer} />
      </div>
      <FilterEditor owner={pointer} properties={array?.items ?? []} />
    </div>
  );
}

function ClockEditor({ pointer }: FilterProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const node = jsonOf(useValue(pointer));
  return (
    <div className="value-group filter">
      <SelectField
        label={t("builder.clockUnit")}
        isLabelHidden
        value={String(node["unit"])}
        choices={clockUnits.map((unit) => ({
          value: unit as string,
          label: t(`builder.clockUnits.${unit}`),
        }))}
        onChoose={(unit) => change(`${pointer}/unit`, unit)}
      />
      <ComparisonEditor pointer={pointer} operators={measureOperators} />
      <RemoveFilter pointer={pointer} />
    </div>
  );
}
