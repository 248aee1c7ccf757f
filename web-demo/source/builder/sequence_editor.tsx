import { ArrowDown, ArrowUp, Ban, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../components/button.tsx";
import { classNames } from "../components/class_names.ts";
import { Checkbox, SelectField } from "../components/field.tsx";
import { useBuilder, useValue } from "./builder_context.ts";
import { DurationInput } from "./duration_input.tsx";
import { EventSelectorEditor } from "./event_selector_editor.tsx";
import { jsonOf, listOf } from "./json_shape.ts";
import { nodeKey, withMembers } from "./pointer.ts";
import { WindowEditor } from "./window_editor.tsx";

/** What happened one after the other, drawn as steps. */
export function SequenceEditor({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { change, vocabulary } = useBuilder();
  const steps = listOf(jsonOf(useValue(pointer))["steps"]);
  const write = (next: readonly unknown[]) => change(`${pointer}/steps`, next);
  const event = vocabulary.events[0]?.name ?? "";
  const swap = (index: number, other: number) => {
    const next = [...steps];
    [next[index], next[other]] = [steps[other], steps[index]];
    write(next);
  };
  return (
    <>
      <ol className="steps">
        {steps.map((step, index) => (
          <li
            key={nodeKey(step)}
            className={classNames("step", jsonOf(step)["absent"] === true && "step-absent")}
          >
            <span className="step-mark" aria-hidden>
              {jsonOf(step)["absent"] === true ? <Ban /> : index + 1}
            </span>
            <StepEditor pointer={`${pointer}/steps/${index}`} index={index} />
            <span className="step-tools">
              <IconButton
                label={t("builder.stepUp", { number: index + 1 })}
                size="small"
                disabled={index === 0}
                onClick={() => swap(index, index - 1)}
              >
                <ArrowUp aria-hidden />
              </IconButton>
              <IconButton
                label={t("builder.stepDown", { number: index + 1 })}
                size="small"
                disabled={index === steps.length - 1}
                onClick={() => swap(index, index + 1)}
              >
                <ArrowDown aria-hidden />
              </IconButton>
              <IconButton
                label={t("builder.removeStep", { number: index + 1 })}
                size="small"
                onClick={() => write(steps.filter((_, other) => other !== index))}
              >
                <X aria-hidden />
              </IconButton>
            </span>
          </li>
        ))}
      </ol>
      <div className="row">
        <Button
          look="quiet"
          size="small"
          icon={<Plus aria-hidden />}
          onClick={() => write([...steps, { event }])}
        >
          {t("builder.addStep")}
        </Button>
        <Button
          look="quiet"
          size="small"
          icon={<Ban aria-hidden />}
          onClick={() => write([...steps, { absent: true, event, within: { hours: 24 } }])}
        >
          {t("builder.addAbsentStep")}
        </Button>
      </div>
      <WindowEditor owner={pointer} />
    </>
  );
}

function StepEditor({ pointer, index }: { pointer: string; index: number }) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const step = jsonOf(useValue(pointer));
  const isAbsent = step["absent"] === true;
  return (
    <div className="step-body">
      {index === 0 ? (
        <span className="step-word">{t("builder.stepFirst")}</span>
      ) : (
        <SelectField
          label={t("builder.stepKind")}
          isLabelHidden
          value={isAbsent ? "absent" : "then"}
          choices={[
            { value: "then", label: t("builder.stepThen") },
            { value: "absent", label: t("builder.stepAbsent") },
          ]}
          onChoose={(kind) =>
            change(pointer, withMembers(step, { absent: kind === "absent" ? true : undefined }))
          }
        />
      )}
      <EventSelectorEditor pointer={pointer} />
      {index > 0 && (
        <span className="value-group">
          <Checkbox
            label={t("builder.within")}
            checked={step["within"] !== undefined}
            onChange={({ target }) =>
              change(`${pointer}/within`, target.checked ? { hours: 24 } : undefined)
            }
          />
          {step["within"] !== undefined && (
            <DurationInput
              label={t("builder.within")}
              pointer={`${pointer}/within`}
              value={step["within"]}
            />
          )}
        </span>
      )}
    </div>
  );
}
