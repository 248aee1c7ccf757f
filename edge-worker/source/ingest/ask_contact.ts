import type { ContactObject } from "../contact/contact_object.ts";
import { contactStub, type Environment, type Remote } from "../environment.ts";
import { HttpProblem } from "../http/problem.ts";
import { joinPatience, joinRetryDelay, mostJoinedIds } from "../limits.ts";

type Answer = { readonly kind: string };

/**
 * Asks a contact, wherever it is: follows it where aliases have moved it, and waits while one is being carried out.
 *
 * @throws HttpProblem `unavailable` when that takes too long.
 */
export async function askContact<Result extends Answer>(
  environment: Environment,
  workspace: string,
  contact: string,
  ask: (stub: Remote<ContactObject>, contact: string) => Promise<Result>,
): Promise<{ answer: Exclude<Result, { kind: "moved" } | { kind: "joining" }>; contact: string }> {
  let at = contact;
  let waited = 0;
  for (let hops = 0; hops <= mostJoinedIds; ) {
    const answer = await ask(contactStub(environment, workspace, at), at);
    if (answer.kind === "moved") {
      at = (answer as unknown as { to: string }).to;
      hops += 1;
    } else if (answer.kind === "joining") {
      if (waited >= joinPatience) break;
      await new Promise((resolve) => setTimeout(resolve, joinRetryDelay));
      waited += joinRetryDelay;
    } else {
      return {
        answer: answer as Exclude<Result, { kind: "moved" } | { kind: "joining" }>,
        contact: at,
      };
    }
  }
  throw new HttpProblem(
    "unavailable",
    "The contact is being joined with another. Try again in a second.",
    {},
    { "retry-after": "1" },
  );
}
