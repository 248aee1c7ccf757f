/** A row that cannot become a message; it is named and skipped. */
export class BadRow extends Error {}

export class MissingContact extends BadRow {
  constructor() {
    super("it names no contact");
  }
}
