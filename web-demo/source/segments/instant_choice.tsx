import { Clock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseInstant, useInstant } from "../application/clock.ts";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";
import { Popover } from "../components/popover.tsx";
import { useFormats } from "../language/format.ts";
import "./instant_choice.css";

const minute = 60_000;

/** The instant that everything on the screen is of; a past one looks back. */
export function InstantChoice() {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const { at, isNow } = useInstant();
  const [isOpen, setOpen] = useState(false);
  const offset = new Date(at).getTimezoneOffset() * minute;
  const local = new Date(at - offset).toISOString().slice(0, 16);
  return (
    <Popover
      label={t("instant.title")}
      isOpen={isOpen}
      onOpenChange={setOpen}
      align="end"
      className="popover-padded"
      trigger={
        <Button look={isNow ? "quiet" : "plain"} icon={<Clock aria-hidden />} data-instant={at}>
          <span className="instant-long">{t("instant.asOf", { when: dateTime(at) })}</span>
          <span className="instant-short">{isNow ? t("instant.now") : dateTime(at)}</span>
        </Button>
      }
    >
      <div className="stack">
        <TextField
          label={t("instant.title")}
          hint={t("instant.hint")}
          type="datetime-local"
          value={local}
          onChange={({ target }) => {
            const chosen = Date.parse(target.value);
            if (!Number.isNaN(chosen)) chooseInstant(chosen);
          }}
        />
        <Button
          look="primary"
          disabled={isNow}
          onClick={() => {
            chooseInstant(undefined);
            setOpen(false);
          }}
        >
          {t("instant.now")}
        </Button>
      </div>
    </Popover>
  );
}
