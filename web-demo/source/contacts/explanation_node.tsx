import type { DecidingEvent, ExplainedCondition } from "@fosterflow/segments";
import { CircleCheck, CircleX } from "lucide-react";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { type Phrases, phraseKey } from "./phrases.ts";
import { shownProperties } from "./shown_value.ts";

export interface ExplanationNodeProps {
  node: ExplainedCondition;
  /** The segment in whose definition the node's path lies. */
  segment: string;
  phrases: Phrases | undefined;
  at: number;
}

/** A condition of a rule and those in it: whether it holds, what was found, by which events, and what it takes. */
export function ExplanationNode({ node, segment, phrases, at }: ExplanationNodeProps) {
  const { t } = useScreenTexts("contacts");
  const { dateTime } = useFormats();
  const isAsNeeded = node.holds === node.needed;
  const Icon = node.holds ? CircleCheck : CircleX;
  const { parts, inside } = partsOf(node, segment);
  return (
    <li className="explained">
      <div
        className={isAsNeeded ? "explained-line explained-good" : "explained-line explained-bad"}
      >
        <Icon aria-hidden />
        <span className="visually-hidden">{t(node.holds ? "holds" : "holdsNot")}</span>
        <div className="explained-words">
          <p className="explained-sentence">
            {node.sentence}
            {!node.needed && parts.length === 0 && <span className="mark">{t("mustNotHold")}</span>}
          </p>
          <p className="explained-finding">{node.finding}</p>
          {node.missing !== null && (
            <p className="explained-missing">{t("missing", { what: node.missing })}</p>
          )}
          {node.changesAt !== null && (
            <p className="explained-finding">
              {t(node.holds ? "holdsUntil" : "holdsFrom", { when: dateTime(node.changesAt) })}
            </p>
          )}
          {node.kind === "sequence" && (
            <Steps events={node.events} path={node.path} segment={segment} phrases={phrases} />
          )}
          {node.kind === "event" && node.eventCount > 0 && (
            <Deciding events={node.events} count={node.eventCount} />
          )}
          {node.kind === "compare" && (
            <ul className="explained-measures">
              {node.measures.map((measure) => (
                <li key={measure.sentence}>
                  <p className="explained-finding">{measure.sentence}</p>
                  {measure.eventCount > 0 && (
                    <Deciding events={measure.events} count={measure.eventCount} />
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      {parts.length > 0 && (
        <ul className="explained-parts">
          {parts.map((part) => (
            <ExplanationNode
              key={part.path}
              node={part}
              segment={inside}
              phrases={phrases}
              at={at}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

function partsOf(
  node: ExplainedCondition,
  segment: string,
): { parts: readonly ExplainedCondition[]; inside: string } {
  if ("of" in node) return { parts: node.of, inside: segment };
  if (node.kind === "segment" && node.condition !== null) {
    return { parts: [node.condition], inside: node.segment };
  }
  return { parts: [], inside: segment };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The events that decided: the newest of them. */
function Deciding({ events, count }: { events: readonly DecidingEvent[]; count: number }) {
  const { t } = useScreenTexts("contacts");
  const { dateTime } = useFormats();
  return (
    <details className="deciding">
      <summary>{t("deciding", { count })}</summary>
      <ul>
        {events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: Equal events have nothing else apart.
          <li key={index} className="figure">
            {dateTime(event.at)} · {event.event}
            {event.properties !== undefined && (
              <span className="soft"> · {shownProperties(event.properties)}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface StepsProps {
  events: readonly DecidingEvent[];
  path: string;
  segment: string;
  phrases: Phrases | undefined;
}

/** The steps of a sequence, and the event that was taken for each. */
function Steps({ events, path, segment, phrases }: StepsProps) {
  const { dateTime } = useFormats();
  const steps: string[] = [];
  for (;;) {
    const phrase = phrases?.get(phraseKey(segment, `${path}/steps/${steps.length}`));
    if (phrase === undefined) break;
    steps.push(phrase);
  }
  return (
    <ol className="explained-steps">
      {steps.map((phrase, step) => {
        const event = events.find((one) => one.step === step);
        return (
          <li key={phrase} className={event === undefined ? "" : "explained-step-done"}>
            {capitalised(phrase)}
            {event !== undefined && <span className="soft figure"> · {dateTime(event.at)}</span>}
          </li>
        );
      })}
    </ol>
  );
}
