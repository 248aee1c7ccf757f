/** The command was called wrongly: exit code 2, with a hint at the help. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
