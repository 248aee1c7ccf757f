import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ScreenHead } from "../application/screen_head.tsx";
import { appendMessages, freeId, saveSegment } from "../application/workspace.ts";
import { Button } from "../components/button.tsx";
import { classNames } from "../components/class_names.ts";
import { Checkbox, SelectField, TextField } from "../components/field.tsx";
import { FileDrop } from "../components/file_drop.tsx";
import { Notice } from "../components/notice.tsx";
import { toast } from "../components/toast.tsx";
import { VirtualTable } from "../components/virtual_table.tsx";
import { engine } from "../engine/engine.ts";
import { useFormats } from "../language/format.ts";
import { navigate } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import {
  contactList,
  type ListTable,
  likelyColumn,
  listMessages,
  listTable,
  mostListBytes,
  withoutUnknown,
} from "./contact_list.ts";
import "./create.css";

const rowsShown = 6;

interface ChosenFile {
  readonly name: string;
  readonly text: string;
}

/** A list of contacts from a CSV file: chosen, looked through, and kept as a segment. */
export default function ListScreen() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [file, setFile] = useState<ChosenFile>();
  const [failure, setFailure] = useState<string>();
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    if (chosen.size > mostListBytes) {
      setFailure(t("list.tooLarge", { most: number(mostListBytes / 1024 / 1024) }));
      return;
    }
    setFailure(undefined);
    setFile({ name: chosen.name, text: await chosen.text() });
  };
  return (
    <>
      <ScreenHead title={t("create.ways.list")} description={t("list.description")} />
      <div className="stack">
        <FileDrop
          label={t("list.choose")}
          hint={t("list.drop")}
          accept=".csv,.tsv,.txt,text/csv"
          onTake={(chosen) => void take(chosen)}
        />
        {failure !== undefined && <Notice look="error">{failure}</Notice>}
        {file !== undefined && <ListFile key={file.name + file.text.length} file={file} />}
      </div>
    </>
  );
}

function ListFile({ file }: { file: ChosenFile }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [name, setName] = useState(file.name.replace(/\.\w+$/, ""));
  const [hasHead, setHead] = useState(true);
  const [isKnownOnly, setKnownOnly] = useState(true);
  const table = useMemo(() => listTable(file.text, hasHead), [file, hasHead]);
  const [chosenColumn, chooseColumn] = useState<number>();
  const column = chosenColumn ?? likelyColumn(table);
  const all = useMemo(() => contactList(table, column), [table, column]);
  const [unknown, setUnknown] = useState<ReadonlySet<string>>();
  const [isSaving, setSaving] = useState(false);

  useEffect(() => {
    let isCurrent = true;
    setUnknown(undefined);
    void engine()
      .unknownContacts(all.contacts)
      .then((ids) => {
        if (isCurrent) setUnknown(new Set(ids));
      });
    return () => {
      isCurrent = false;
    };
  }, [all]);

  const list = useMemo(
    () =>
      isKnownOnly && unknown !== undefined ? withoutUnknown(all, unknown, table, column) : all,
    [all, unknown, isKnownOnly, table, column],
  );
  const save = async () => {
    setSaving(true);
    const id = freeId(name);
    const definition = {
      version: 1,
      id,
      name,
      when: { kind: "list", list: id, op: "in" },
    } as const;
    const answer = await saveSegment({ definition, tags: [], kind: "list" });
    // Nobody is put on a list whose segment is refused.
    if (!answer.isRefused) await appendMessages(listMessages("add", id, list.contacts, Date.now()));
    setSaving(false);
    if (answer.isRefused) toast(answer.message, { look: "error" });
    else navigate(addresses.builder(id));
  };
  return (
    <>
      <section className="panel panel-body stack">
        <div className="list-options">
          <TextField
            label={t("builder.name")}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <SelectField
            label={t("list.column")}
            value={String(column)}
            choices={table.columns.map(({ place, title }) => ({
              value: String(place),
              label: title,
            }))}
            onChoose={(index) => chooseColumn(Number(index))}
          />
        </div>
        <div className="row">
          <Checkbox
            label={t("list.hasHead")}
            checked={hasHead}
            onChange={({ target }) => setHead(target.checked)}
          />
          <Checkbox
            label={t("list.knownOnly")}
            checked={isKnownOnly}
            onChange={({ target }) => setKnownOnly(target.checked)}
          />
        </div>
        <ListPreview table={table} column={column} />
        <div className="row">
          <p className="figure" aria-live="polite">
            <strong>{number(list.contacts.length)}</strong> {t("common.contacts")}
            {unknown === undefined && ` · ${t("list.checking")}`}
            {list.bad.length > 0 &&
              ` · ${t("list.badCount", { count: list.bad.length, shown: number(list.bad.length) })}`}
          </p>
          <Button
            look="primary"
            className="row-end"
            disabled={
              isSaving || unknown === undefined || list.contacts.length === 0 || name.trim() === ""
            }
            onClick={() => void save()}
          >
            {t("list.create")}
          </Button>
        </div>
      </section>
      {list.bad.length > 0 && (
        <section className="stack">
          <h2>{t("list.bad")}</h2>
          <VirtualTable
            label={t("list.bad")}
            rows={list.bad}
            rowKey={({ line, reason }) => `${line} ${reason}`}
            height={320}
            columns={[
              {
                id: "line",
                title: t("list.line"),
                width: "5rem",
                isNumber: true,
                cell: ({ line }) => number(line),
              },
              {
                id: "reason",
                title: t("list.reason"),
                width: "16rem",
                cell: ({ reason }) => t(`list.reasons.${reason}`),
              },
              {
                id: "text",
                title: t("list.content"),
                width: "minmax(10rem, 1fr)",
                cell: ({ text }) => text,
              },
            ]}
          />
        </section>
      )}
    </>
  );
}

function ListPreview({ table, column }: { table: ListTable; column: number }) {
  const { t } = useTranslation();
  const look = (place: number) => classNames(place === column && "list-chosen");
  const rows = table.rows.slice(0, rowsShown);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls must be reached by keyboard.
    <div className="list-preview" tabIndex={0}>
      <table>
        <caption className="visually-hidden">{t("list.preview")}</caption>
        <thead>
          <tr>
            {table.columns.map(({ place, title }) => (
              <th key={place} scope="col" className={look(place)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cells, line }) => (
            <tr key={line}>
              {table.columns.map(({ place }) => (
                <td key={place} className={look(place)}>
                  {cells[place]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
