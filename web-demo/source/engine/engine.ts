import * as Comlink from "comlink";
import type { AudienceFigures } from "./audience_figures.ts";
import type { Answer, EngineService } from "./engine_service.ts";
import type { Evaluation, EvaluationRequest, ToldEvaluation } from "./evaluation.ts";
import { NumberBoard } from "./number_board.ts";

let wrapped: Comlink.Remote<EngineService> | undefined;
const listeners = new Map<number, (evaluation: Evaluation) => void>();
let lastNumber = 0;
let board: NumberBoard | undefined;

/** The engine in its worker, which starts with the first call. */
export function engine(): Comlink.Remote<EngineService> {
  if (wrapped === undefined) {
    const worker = new Worker(new URL("./engine_worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Partial<ToldEvaluation>>) => {
      const { evaluationOf, evaluation } = data;
      if (evaluationOf !== undefined && evaluation !== undefined)
        listeners.get(evaluationOf)?.(evaluation);
    });
    wrapped = Comlink.wrap<EngineService>(worker);
    if (crossOriginIsolated) {
      board = new NumberBoard();
      void wrapped.shareBoard(board.memory);
    }
  }
  return wrapped;
}

/** Has a definition evaluated; the answers come one by one, the most urgent first, until a newer request of the lane. */
export function evaluateDefinition(
  request: Omit<EvaluationRequest, "number">,
  tell: (evaluation: Evaluation) => void,
): void {
  lastNumber += 1;
  const number = lastNumber;
  let isTold = false;
  listeners.set(number, (evaluation) => {
    isTold = true;
    tell(evaluation);
  });
  void engine()
    .evaluate({ ...request, number })
    .finally(() => listeners.delete(number));
  // Messages may be held back until this frame is drawn.
  requestAnimationFrame(() => {
    const found = isTold ? undefined : board?.read(number);
    if (found !== undefined) tell({ kind: "total", ...found });
  });
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
