/** One finding about a definition. */
export interface Problem {
  /** JSON Pointer (RFC 6901) from the root of the value that was given, such as `/1/when/op`. */
  path: string;
  /** A stable name, such as `unknown_operator`. */
  code: string;
  /** `error`: the definitions are refused. `warning`: they are taken, and this is worth knowing. */
  severity: "error" | "warning";
  /** A sentence for the person who wrote the segment. */
  message: string;
}

/** What is to be said about one line (or one message of a list). */
export interface LineNotice {
  /** 1 for the first line or message. */
  line: number;
  /** A stable name, such as `missing_contact`. */
  code: string;
  /** A sentence for people. */
  message: string;
}
