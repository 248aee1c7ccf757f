import { type Environment, identityStub } from "../environment.ts";
import type { Workspace } from "../http/workspaces.ts";
import { contactHash } from "../shard/shard_of.ts";
import { askContact } from "./ask_contact.ts";
import type { IncomingMessage, SettledMessage } from "./incoming_message.ts";

/**
 * Hands messages to their contacts: those of one contact in order, those of different ones at the same time. An alias comes after all
 * that stand before it, and before all that stand after.
 *
 * @returns the messages that were refused
 * @throws when a contact cannot be asked: some messages may be applied then, and are known by their ids when they come again
 */
export async function takeMessages(
  environment: Environment,
  workspace: Workspace,
  messages: readonly IncomingMessage[],
  requestId: string,
): Promise<SettledMessage[]> {
  const refused: SettledMessage[] = [];
  let run: IncomingMessage[] = [];
  for (const message of messages) {
    if (message.previousId === undefined) {
      run.push(message);
      continue;
    }
    refused.push(...(await takeRun(environment, workspace, run, requestId)));
    run = [];
    refused.push(
      ...(await takeAlias(environment, workspace, message, message.previousId, requestId)),
    );
  }
  refused.push(...(await takeRun(environment, workspace, run, requestId)));
  return refused.sort((left, right) => left.index - right.index);
}

/** Whether a new contact's messages are kept for counting unsaved rules. */
export function isSampled(workspace: Workspace, contact: string): boolean {
  return contactHash(contact) < workspace.sampleRate * 2 ** 32;
}

async function takeRun(
  environment: Environment,
  workspace: Workspace,
  messages: readonly IncomingMessage[],
  requestId: string,
): Promise<SettledMessage[]> {
  const byContact = Map.groupBy(messages, ({ contact }) => contact);
  const refused = await Promise.all(
    [...byContact].map(async ([id, group]) => {
      const lines = group.map(({ line }) => line);
      const sampled = isSampled(workspace, id);
      const { answer } = await askContact(environment, workspace.name, id, (stub, contact) =>
        stub.apply({ workspace: workspace.name, contact, lines, isSampled: sampled, requestId }),
      );
      return answer.refused.flatMap(({ line, code, message }) => {
        const one = group[line];
        return one === undefined ? [] : [refusal(one, code, message)];
      });
    }),
  );
  return refused.flat();
}

async function takeAlias(
  environment: Environment,
  workspace: Workspace,
  message: IncomingMessage,
  previousId: string,
  requestId: string,
): Promise<SettledMessage[]> {
  const { line, contact, messageId } = message;
  const problem = await identityStub(environment, workspace.name).join({
    ...{ workspace: workspace.name, line, contact, previousId, messageId, requestId },
    isSampled: isSampled(workspace, contact),
  });
  return problem === undefined ? [] : [refusal(message, problem.code, problem.message)];
}

function refusal(
  { index, messageId }: IncomingMessage,
  code: string,
  text: string,
): SettledMessage {
  return { kind: "refused", index, messageId, code, message: text };
}
