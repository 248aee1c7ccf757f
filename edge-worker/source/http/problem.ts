import type { Problem as RuleProblem } from "@fosterflow/segments";

/** An error as RFC 9457 has it; thrown by handlers, answered as `application/problem+json`. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  readonly headers: Readonly<Record<string, string>>;

  /** @param message what was wrong, where, and what to do */
  constructor(
    code: ProblemCode,
    message: string,
    details: ProblemDetails = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = code;
    this.status = problemKinds[code].status;
    this.details = details;
    this.headers = headers;
  }
}

export interface ProblemDetails {
  /** Problems of definitions. */
  readonly problems?: readonly RuleProblem[];
  /** Messages that were refused. */
  readonly refused?: readonly unknown[];
}

/** Every error that the API answers, by its code. */
export const problemKinds = {
  body_unreadable: { status: 400, title: "The body cannot be read" },
  parameter_invalid: { status: 400, title: "A parameter is invalid" },
  messages_refused: { status: 400, title: "No message was accepted" },
  unauthorized: { status: 401, title: "The key is missing or wrong" },
  not_found: { status: 404, title: "There is no such thing" },
  method_not_allowed: { status: 405, title: "The method is not allowed" },
  conflict: { status: 409, title: "Somebody else was faster, or it is in use" },
  cursor_expired: { status: 410, title: "The feed no longer goes back so far" },
  precondition_failed: { status: 412, title: "It has changed since it was read" },
  body_too_large: { status: 413, title: "The body is too large" },
  media_type_unsupported: { status: 415, title: "The media type or encoding is not understood" },
  definition_refused: { status: 422, title: "The definition is refused" },
  upgrade_required: { status: 426, title: "This is a WebSocket" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something failed here" },
  unavailable: { status: 503, title: "Try again in a moment" },
} as const;

export type ProblemCode = keyof typeof problemKinds;

export function problemResponse(problem: HttpProblem, requestId: string): Response {
  const body = {
    type: `https://fosterflow.dev/problems/${problem.code}`,
    title: problemKinds[problem.code].title,
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    requestId,
    ...problem.details,
  };
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", ...problem.headers },
  });
}
