import { useMemo, useState } from "react";
import { Dialog } from "../components/dialog.tsx";
import { SelectField } from "../components/field.tsx";
import { type Column, VirtualTable } from "../components/virtual_table.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { useSearchValue } from "../navigation/location.ts";
import type { ContactEvent, ContactView } from "./contact_service.ts";
import { shownProperties } from "./shown_value.ts";

/** All that the contact did, the newest first; those after the instant are told apart. */
export function EventList({ view }: { view: ContactView }) {
  const { t } = useScreenTexts("contacts");
  const { date, time } = useFormats();
  const [name, setName] = useSearchValue("event");
  const [opened, setOpened] = useState<ContactEvent>();
  const names = useMemo(() => {
    const counts = new Map<string, number>();
    for (const event of view.events) counts.set(event.name, (counts.get(event.name) ?? 0) + 1);
    return [...counts].sort(([, left], [, right]) => right - left);
  }, [view]);
  const rows = useMemo(
    () => view.events.filter((event) => name === "" || event.name === name),
    [view, name],
  );
  const columns: Column<ContactEvent>[] = [
    {
      id: "when",
      title: t("eventColumns.when"),
      width: "11.5rem",
      cell: ({ at }) => (
        <time
          dateTime={new Date(at).toISOString()}
          className={at > view.at ? "figure event-future" : "figure"}
        >
          {date(at)} {time(at)}
        </time>
      ),
    },
    {
      id: "name",
      title: t("eventColumns.name"),
      width: "minmax(9rem, 0.6fr)",
      cell: (event) => (
        <button type="button" className="event-name" onClick={() => setOpened(event)}>
          {event.name}
        </button>
      ),
    },
    {
      id: "properties",
      title: t("eventColumns.properties"),
      width: "minmax(12rem, 2fr)",
      cell: ({ properties }) => <span className="soft">{shownProperties(properties)}</span>,
    },
  ];
  return (
    <section className="panel contact-events" aria-label={t("eventsTitle")}>
      <header className="contact-events-head">
        <h2>{t("eventsTitle")}</h2>
        {names.length > 1 && (
          <SelectField
            label={t("eventName")}
            isLabelHidden
            value={name}
            choices={[
              { value: "", label: t("allEvents", { count: view.events.length }) },
              ...names.map(([value, count]) => ({ value, label: `${value} (${count})` })),
            ]}
            onChoose={setName}
          />
        )}
      </header>
      {rows.length === 0 ? (
        <p className="soft contact-events-nothing">{t("noEvents")}</p>
      ) : (
        <VirtualTable
          label={t("eventsTitle")}
          columns={columns}
          rows={rows}
          rowKey={(_, index) => index}
          rowHeight={40}
          height={400}
        />
      )}
      <Dialog
        isOpen={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={opened?.name ?? ""}
        description={t("message")}
        width="wide"
      >
        <pre className="message-text">
          {opened !== undefined && JSON.stringify(JSON.parse(opened.line), null, 2)}
        </pre>
      </Dialog>
    </section>
  );
}
