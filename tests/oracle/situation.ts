import type { Contact } from "./contacts.ts";
import {
  type Definition,
  isAttributeReference,
  isParameterReference,
  type WrittenValue,
} from "./definitions.ts";
import type { JsonValue } from "./json_text.ts";
import type { EventContent } from "./messages.ts";
import { isZoneName } from "./time_zones.ts";
import { type Observed, readPath } from "./values.ts";

/** Everything that the one law lets membership depend on (section 0), for one definition. */
export interface Situation {
  contact: Contact;
  now: number;
  /** The contact's events with time ≤ now, and no others. */
  events: readonly EventContent[];
  definition: Definition;
  zone: string;
  /** Whether the contact is in another segment at this same instant. */
  isIn: (segment: string) => boolean;
}

/** Section 2: an IANA name; "contact" is the trait `timezone`, else UTC. */
export function zoneFor(definition: Definition, contact: Contact): string {
  if (definition.timezone !== "contact") return definition.timezone;
  const named = readPath(contact.attributes, "timezone");
  return typeof named === "string" && isZoneName(named) ? named : "UTC";
}

/** `value` is a literal, a parameter, or an attribute of the contact (section 2.4). */
export function valueInForce(written: WrittenValue, situation: Situation): Observed {
  if (isParameterReference(written)) return situation.definition.parameters[written.parameter];
  if (isAttributeReference(written)) {
    return readPath(situation.contact.attributes, written.attribute);
  }
  return written as JsonValue;
}
