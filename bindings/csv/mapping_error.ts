/** A mapping that cannot be meant so, or that names what is not there; the message says which part of it. */
export class MappingError extends Error {
  override readonly name = "MappingError";
}
