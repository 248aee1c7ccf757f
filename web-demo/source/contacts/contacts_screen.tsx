import { Search } from "lucide-react";
import { useMemo } from "react";
import { useInstant } from "../application/clock.ts";
import { ScreenHead } from "../application/screen_head.tsx";
import { useWorkspace } from "../application/workspace.ts";
import { SelectField } from "../components/field.tsx";
import { type Column, VirtualTable } from "../components/virtual_table.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { Link } from "../navigation/link.tsx";
import { useSearchValue } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import { InstantChoice } from "../segments/instant_choice.tsx";
import { useContactCard } from "./contact_cards.ts";
import { useContactPages } from "./contact_pages.ts";
import type { ContactCard, Setting } from "./contact_service.ts";
import { useSetting } from "./contacts.ts";
import "./texts.ts";
import "./contacts_screen.css";

/** All contacts, or those of a segment, to be found and opened. */
export default function ContactsScreen() {
  const { t } = useScreenTexts("contacts");
  const { number } = useFormats();
  const { at } = useInstant();
  const { segments } = useWorkspace();
  const setting = useSetting();
  const [search, setSearch] = useSearchValue("search");
  const [segment, setSegment] = useSearchValue("segment");
  const { ids, total, more } = useContactPages({ search, segment, at });
  const columns = useColumns(setting);
  return (
    <>
      <ScreenHead title={t("title")} description={t("description")} actions={<InstantChoice />} />
      <div className="contacts-tools">
        <label className="contacts-search">
          <Search aria-hidden />
          <span className="visually-hidden">{t("search")}</span>
          <input
            type="search"
            className="control"
            placeholder={t("search")}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </label>
        <SelectField
          label={t("segment")}
          isLabelHidden
          value={segment}
          choices={[
            { value: "", label: t("everybody") },
            ...segments.map(({ id, definition }) => ({ value: id, label: definition.name ?? id })),
          ]}
          onChoose={setSegment}
        />
        <p className="contacts-total figure" role="status">
          {total === undefined
            ? t("common.loading")
            : t("total", { count: total, total: number(total) })}
        </p>
      </div>
      {total === 0 ? (
        <p className="panel panel-body soft contacts-nothing">{t("nothing")}</p>
      ) : (
        <VirtualTable
          label={t("title")}
          columns={columns}
          rows={ids}
          rowKey={(id) => id}
          rowHeight={48}
          height={Math.max(320, window.innerHeight - 250)}
          onNearEnd={more}
        />
      )}
    </>
  );
}

/** The page of a contact, at the same instant and with the same segment. */
function addressOf(id: string): string {
  const search = new URLSearchParams(window.location.search);
  search.delete("search");
  const text = search.toString();
  return addresses.contact(id) + (text === "" ? "" : `?${text}`);
}

function useColumns(setting: Setting): Column<string>[] {
  const { t } = useScreenTexts("contacts");
  const { number, date } = useFormats();
  return useMemo(() => {
    const column = (
      id: string,
      width: string,
      show: (card: ContactCard) => React.ReactNode,
      isNumber = false,
    ): Column<string> => ({
      id,
      title: t(`columns.${id}`),
      width,
      isNumber,
      cell: (contact) => <Known setting={setting} id={contact} show={show} />,
    });
    return [
      {
        id: "contact",
        title: t("columns.contact"),
        width: "minmax(11rem, 1.2fr)",
        cell: (id) => (
          <Link className="contact-link" href={addressOf(id)}>
            <Known setting={setting} id={id} show={({ name }) => name ?? id} otherwise={id} />
          </Link>
        ),
      },
      column("id", "minmax(6rem, 0.6fr)", ({ id }) => <span className="soft">{id}</span>),
      column("segments", "minmax(14rem, 2.4fr)", ({ segments }) => <SegmentNames ids={segments} />),
      column("events", "5.5rem", ({ events }) => number(events), true),
      column("last", "7.5rem", ({ lastAt }) => (lastAt === undefined ? "–" : date(lastAt)), true),
    ];
  }, [setting, t, number, date]);
}

interface KnownProps {
  setting: Setting;
  id: string;
  show: (card: ContactCard) => React.ReactNode;
  otherwise?: React.ReactNode;
}

function Known({ setting, id, show, otherwise = "" }: KnownProps) {
  const card = useContactCard(setting, id);
  return card === undefined ? otherwise : show(card);
}

function SegmentNames({ ids }: { ids: readonly string[] }) {
  const { segments } = useWorkspace();
  const names = ids.map((id) => segments.find((one) => one.id === id)?.definition.name ?? id);
  return (
    <span className="contact-segments" title={names.join(", ")}>
      {names.map((name) => (
        <span key={name} className="contact-segment">
          {name}
        </span>
      ))}
    </span>
  );
}
