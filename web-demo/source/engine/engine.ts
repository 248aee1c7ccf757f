import * as Comlink from "comlink";
import type { Answer, EngineService } from "./engine_service.ts";

let wrapped: Comlink.Remote<EngineService> | undefined;

/** The engine in its worker, which starts with the first call. */
export function engine(): Comlink.Remote<EngineService> {
  wrapped ??= Comlink.wrap<EngineService>(
    new Worker(new URL("./engine_worker.ts", import.meta.url), { type: "module" }),
  );
  return wrapped;
}

/** The value of an answer that is not expected to be refused. */
export function taken<Value>(answer: Answer<Value>): Value {
  if (answer.isRefused) throw new Error(answer.message);
  return answer.value;
}
