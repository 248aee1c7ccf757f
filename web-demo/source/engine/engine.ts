import * as Comlink from "comlink";
import type { AudienceFigures } from "./audience_figures.ts";
import type { Answer, EngineService } from "./engine_service.ts";

let wrapped: Comlink.Remote<EngineService> | undefined;

/** The engine in its worker, which starts with the first call. */
export function engine(): Comlink.Remote<EngineService> {
  wrapped ??= Comlink.wrap<EngineService>(
    new Worker(new URL("./engine_worker.ts", import.meta.url), { type: "module" }),
  );
  return wrapped;
}

/** Its figures of groups that are not in force. Comlink's types do not know that a property's methods can be called. */
export function figures(): Comlink.Remote<AudienceFigures> {
  return engine().figures as unknown as Comlink.Remote<AudienceFigures>;
}

/** The value of an answer that is not expected to be refused. */
export function taken<Value>(answer: Answer<Value>): Value {
  if (answer.isRefused) throw new Error(answer.message);
  return answer.value;
}
