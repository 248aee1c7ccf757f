import { longestContactId } from "../limits.ts";

/** What is wrong with an id that is none, for people. */
export const contactIdRule = `A contact's id has 1 to ${longestContactId} characters, none of them U+0000 or half a surrogate pair.`;

export function isContactId(id: string): boolean {
  return id !== "" && id.length <= longestContactId && !/[\0\p{Surrogate}]/u.test(id);
}
