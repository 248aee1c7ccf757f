import { now } from "../clock.ts";
import type { Environment } from "../environment.ts";
import { type Workspace, workspacesOf } from "./workspaces.ts";

/** `<workspace>.<expires, epoch ms>.<HMAC-SHA256, base64url>`; the contact is signed, and not in it. */
export async function newLiveToken(
  workspace: Workspace,
  contact: string,
  expiresAt: number,
): Promise<string> {
  const expires = Math.floor(expiresAt);
  const content = signedContent(workspace.name, contact, expires);
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", workspace.tokenKey, content));
  const text = btoa(String.fromCharCode(...signature));
  const safe = text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${workspace.name}.${expires}.${safe}`;
}

/** The workspace of a token that is good for this contact. */
export async function liveTokenWorkspace(
  environment: Environment,
  token: string,
  contact: string,
): Promise<Workspace | undefined> {
  const [, name = "", expires = "", signature = ""] =
    /^([a-z0-9-]{1,64})\.(\d{1,16})\.([\w-]{43})$/.exec(token) ?? [];
  const workspace = (await workspacesOf(environment)).byName.get(name);
  if (workspace === undefined || Number(expires) <= now()) return undefined;
  const bytes = Uint8Array.from(
    atob(signature.replaceAll("-", "+").replaceAll("_", "/")),
    (character) => character.charCodeAt(0),
  );
  const content = signedContent(name, contact, Number(expires));
  const isGood = await crypto.subtle.verify("HMAC", workspace.tokenKey, bytes, content);
  return isGood ? workspace : undefined;
}

function signedContent(workspace: string, contact: string, expires: number): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([workspace, contact, expires]));
}
