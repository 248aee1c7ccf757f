import type { Environment } from "../environment.ts";
import { HttpProblem } from "./problem.ts";
import { sha256, type Workspace, workspaceOfKey } from "./workspaces.ts";

/**
 * The workspace that a message is for: the write key is the user name of `Authorization: Basic`, as Segment's clients have it, or
 * `writeKey` of the body, for pages that cannot send headers any more.
 */
export async function writingWorkspace(
  environment: Environment,
  authorization: string | null | undefined,
  bodyKey: unknown,
): Promise<Workspace> {
  const key = basicUser(authorization) ?? (typeof bodyKey === "string" ? bodyKey : undefined);
  const workspace = key === undefined ? undefined : await workspaceOfKey(environment, "write", key);
  if (workspace !== undefined) return workspace;
  throw new HttpProblem(
    "unauthorized",
    "Send a write key of the workspace: as the user name of `Authorization: Basic`, or as `writeKey` in the body.",
    {},
    { "www-authenticate": 'Basic realm="write key"' },
  );
}

export async function managedWorkspace(
  environment: Environment,
  authorization: string | null | undefined,
): Promise<Workspace> {
  const key = bearerToken(authorization);
  const workspace = key === undefined ? undefined : await workspaceOfKey(environment, "admin", key);
  if (workspace !== undefined) return workspace;
  throw new HttpProblem(
    "unauthorized",
    "Send an admin key of the workspace as `Authorization: Bearer`.",
    {},
    { "www-authenticate": 'Bearer realm="admin key"' },
  );
}

/** Whether a key is the one that is wanted. Compares hashes, in constant time. */
export async function areSameKeys(given: string | undefined, wanted: string): Promise<boolean> {
  if (given === undefined) return false;
  return crypto.subtle.timingSafeEqual(await sha256(given), await sha256(wanted));
}

export function bearerToken(authorization: string | null | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
}

function basicUser(authorization: string | null | undefined): string | undefined {
  const encoded = /^Basic +(\S+) *$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  try {
    const [user = ""] = atob(encoded).split(":", 1);
    return user === "" ? undefined : user;
  } catch {
    return undefined;
  }
}
