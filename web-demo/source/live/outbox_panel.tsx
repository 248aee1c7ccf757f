import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import { useWorkspace } from "../application/workspace.ts";
import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { spanText } from "../language/span.ts";
import { useSeconds } from "./live_memberships.tsx";
import type { LiveVisitor, ToldDelta } from "./live_tracker.ts";

const counted = ["queued", "inFlight", "delivered", "parked", "messages"] as const;

/** Every change on its way to the backend. */
export function OutboxPanel({ visitor }: { visitor: LiveVisitor }) {
  const { t } = useScreenTexts("live");
  const { number } = useFormats();
  const { tracker, backend, pending, told, refusals } = visitor;
  return (
    <section className="panel panel-body stack" aria-labelledby="outbox-title">
      <header className="row">
        <h2 id="outbox-title">{t("outbox.title")}</h2>
        {backend && (
          <div className="row row-end">
            {(pending?.parked ?? 0) > 0 && (
              <Button size="small" onClick={() => void tracker?.retryParked()}>
                {t("outbox.retryParked")}
              </Button>
            )}
            <Button size="small" disabled={!tracker} onClick={() => void tracker?.flush()}>
              {t("outbox.flush")}
            </Button>
          </div>
        )}
      </header>
      {backend === null ? (
        <Notice look="info">{t("outbox.local")}</Notice>
      ) : (
        <dl className="outbox-counts figure">
          {counted.map((name) => (
            <div key={name} data-count={name}>
              <dt>{t(`outbox.${name}`)}</dt>
              <dd>{number(pending?.[name] ?? 0)}</dd>
            </div>
          ))}
        </dl>
      )}
      {pending?.failure != null && <Failure failure={pending.failure} />}
      {refusals.slice(0, 3).map((refusal) => (
        <Notice key={`${refusal.kind} ${refusal.message}`} look="error">
          {refusal.message}
        </Notice>
      ))}
      {told.length === 0 ? (
        <p className="soft">{t("outbox.nothing")}</p>
      ) : (
        <ol className="deltas" aria-label={t("outbox.title")}>
          {told.map((one) => (
            <DeltaRow key={one.delta.id} told={one} visitor={visitor} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Failure({ failure }: { failure: { message: string; retryAt: number | null } }) {
  const { t } = useScreenTexts("live");
  const language = useLanguage();
  const now = useSeconds();
  return (
    <Notice look="warning">
      {failure.message}{" "}
      {failure.retryAt !== null &&
        t("outbox.retryIn", { span: spanText(failure.retryAt - now, language) })}
    </Notice>
  );
}

function DeltaRow({
  told: { delta, isDelivered },
  visitor,
}: {
  told: ToldDelta;
  visitor: LiveVisitor;
}) {
  const { t } = useScreenTexts("live");
  const { time } = useFormats();
  const { segments } = useWorkspace();
  const waiting = visitor.pending?.deltas.find((one) => one.delta.id === delta.id);
  const isFailing = visitor.pending?.failure != null;
  const state =
    visitor.backend === null
      ? "kept"
      : waiting === undefined
        ? isDelivered
          ? "delivered"
          : "queued"
        : waiting.state === "queued" && isFailing
          ? "retried"
          : waiting.state;
  const isEntered = delta.change === "entered";
  const Icon = isEntered ? ArrowUpRight : ArrowDownRight;
  const name = segments.find(({ id }) => id === delta.segment)?.definition.name ?? delta.segment;
  return (
    <li className={isEntered ? "delta delta-entered" : "delta delta-exited"}>
      <Icon aria-hidden />
      <span className="delta-words">
        {t(`lights.${delta.change}`, { name })}{" "}
        <span className="soft small figure">
          #{delta.sequence} · {time(Date.parse(delta.at))} · {t(`causes.${delta.cause}`)}
        </span>
      </span>
      <span className={`delta-state delta-${state}`}>{t(`states.${state}`)}</span>
    </li>
  );
}
