import { Plus, X } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../components/button.tsx";
import { Combobox } from "../components/combobox.tsx";
import { Field } from "../components/field.tsx";
import { useBuilder, useParameters, useValue } from "./builder_context.ts";
import { textOf } from "./json_shape.ts";
import { pointerTo } from "./pointer.ts";
import { ReferenceMenu } from "./reference_menu.tsx";
import { RemarkList } from "./remark_list.tsx";
import { ScalarInput, ScalarsInput, useScalarForms } from "./scalar_input.tsx";
import "./settings.css";

/** What a definition says besides its rule: description, time zone, parameters. */
export function SettingsEditor() {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const description = textOf(useValue("/description"));
  const timezone = textOf(useValue("/timezone"));
  const zones = useMemo(
    () =>
      ["contact", "UTC", ...Intl.supportedValuesOf("timeZone")].map((value) => ({
        value,
        ...(value === "contact" && { label: t("builder.zoneOfContact") }),
      })),
    [t],
  );
  return (
    <section className="panel panel-body stack settings" aria-label={t("builder.settings")}>
      <h2>{t("builder.settings")}</h2>
      <div className="settings-fields">
        <Field label={t("builder.description")}>
          {({ id }) => (
            <textarea
              id={id}
              className="control"
              rows={2}
              value={description}
              onChange={({ target }) =>
                change("/description", target.value === "" ? undefined : target.value)
              }
            />
          )}
        </Field>
        <div className="field">
          <span className="field-label" aria-hidden>
            {t("builder.timezone")}
          </span>
          <Combobox
            label={t("builder.timezone")}
            value={timezone || "UTC"}
            suggestions={zones}
            onChoose={(zone) => change("/timezone", zone === "UTC" ? undefined : zone)}
            isFree={false}
          />
          <RemarkList pointer="/timezone" isGroup={false} />
        </div>
      </div>
      <ParametersEditor />
    </section>
  );
}

function ParametersEditor() {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const [name, setName] = useState("");
  const parameters = useParameters();
  const add = () => {
    const plain = name.trim();
    if (plain === "" || plain in parameters) return;
    change("/parameters", { ...parameters, [plain]: 1 });
    setName("");
  };
  return (
    <div className="stack">
      <h3>{t("builder.parameters")}</h3>
      <p className="small soft">{t("builder.parametersHint")}</p>
      {Object.keys(parameters).map((parameter) => (
        <ParameterRow key={parameter} name={parameter} />
      ))}
      <RemarkList pointer="/parameters" isGroup={false} />
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          className="control"
          aria-label={t("builder.parameterName")}
          placeholder={t("builder.parameterName")}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button
          type="submit"
          icon={<Plus aria-hidden />}
          disabled={name.trim() === "" || name.trim() in parameters}
        >
          {t("builder.addParameterName")}
        </Button>
      </form>
    </div>
  );
}

function ParameterRow({ name }: { name: string }) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const pointer = `/parameters${pointerTo(name)}`;
  const parameters = useParameters();
  const value = parameters[name];
  const scalarForms = useScalarForms(pointer);
  const forms = [
    ...scalarForms,
    { label: t("builder.types.list"), onChoose: () => change(pointer, []) },
  ];
  const remove = () => {
    const { [name]: _, ...others } = parameters;
    change("/parameters", Object.keys(others).length === 0 ? undefined : others);
  };
  return (
    <div className="value-group">
      <code className="parameter-name">{name}</code>
      {Array.isArray(value) ? (
        <ScalarsInput pointer={pointer} value={value} word={undefined} />
      ) : (
        <ScalarInput pointer={pointer} value={value} word={undefined} />
      )}
      <ReferenceMenu
        pointer={pointer}
        isReference={false}
        literal={1}
        forms={forms}
        hasReferences={false}
      />
      <IconButton label={t("builder.removeParameterNamed", { name })} size="small" onClick={remove}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
