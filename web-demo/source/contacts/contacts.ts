import * as Comlink from "comlink";
import { useMemo } from "react";
import { useInstant } from "../application/clock.ts";
import { useWorkspace } from "../application/workspace.ts";
import type { ContactService, Setting } from "./contact_service.ts";

let wrapped: Comlink.Remote<ContactService> | undefined;

/** Single contacts, in their worker, which starts with the first call. */
export function contacts(): Comlink.Remote<ContactService> {
  wrapped ??= Comlink.wrap<ContactService>(
    new Worker(new URL("./contact_worker.ts", import.meta.url), { type: "module" }),
  );
  return wrapped;
}

/** The contacts that are loaded, the rules in force and the page's instant. */
export function useSetting(): Setting {
  const { dataSet, segments } = useWorkspace();
  const { at } = useInstant();
  const data = dataSet === undefined ? "" : `${dataSet.id}.${dataSet.revision}`;
  return useMemo(
    () => ({ data, definitions: segments.map(({ definition }) => definition), at }),
    [data, segments, at],
  );
}
