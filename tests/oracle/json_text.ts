/**
 * A strict reader of JSON. The platform's own is not used since the contract settles what it leaves
 * open: the last of duplicate keys counts even if they became equal only by reading a lone surrogate
 * as U+FFFD, numbers outside the doubles are refused, and nesting is bounded (appendix, "Messages").
 */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export class JsonTextError extends Error {}

const escapes: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

export function emptyObject(): JsonObject {
  return Object.create(null) as JsonObject;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

class Reader {
  private readonly text: string;
  private readonly deepestContainer: number;
  private position = 0;

  constructor(text: string, deepestContainer: number) {
    this.text = text;
    this.deepestContainer = deepestContainer;
  }

  whole(): JsonValue {
    const result = this.value(0);
    if (this.position !== this.text.length) this.fail();
    return result;
  }

  private fail(): never {
    throw new JsonTextError(`not JSON at ${this.position}`);
  }

  private skipWhitespace(): void {
    while (" \t\n\r".includes(this.text[this.position] ?? "?")) this.position += 1;
  }

  /** Steps over an expected character. */
  private expect(character: string): void {
    if (this.text[this.position] !== character) this.fail();
    this.position += 1;
  }

  /** Steps over a character if it comes next. */
  private follows(character: string): boolean {
    if (this.text[this.position] !== character) return false;
    this.position += 1;
    return true;
  }

  private word<T extends JsonValue>(expected: string, value: T): T {
    if (!this.text.startsWith(expected, this.position)) this.fail();
    this.position += expected.length;
    return value;
  }

  private number(): number {
    const pattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (found === null) this.fail();
    this.position += found[0].length;
    const value = Number(found[0]);
    if (!Number.isFinite(value)) this.fail();
    return value;
  }

  private string(): string {
    this.expect('"');
    let result = "";
    for (;;) {
      const character = this.text[this.position];
      if (character === undefined || character < " ") this.fail();
      this.position += 1;
      if (character === '"') return result.toWellFormed();
      result += character === "\\" ? this.escaped() : character;
    }
  }

  private escaped(): string {
    const letter = this.text[this.position];
    this.position += 1;
    if (letter === "u") {
      const digits = this.text.slice(this.position, this.position + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail();
      this.position += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (letter === undefined || !Object.hasOwn(escapes, letter)) this.fail();
    return escapes[letter] as string;
  }

  private array(level: number): JsonValue[] {
    this.expect("[");
    const result: JsonValue[] = [];
    this.skipWhitespace();
    if (this.follows("]")) return result;
    do result.push(this.value(level));
    while (this.follows(","));
    this.expect("]");
    return result;
  }

  private object(level: number): JsonObject {
    this.expect("{");
    const result = emptyObject();
    this.skipWhitespace();
    if (this.follows("}")) return result;
    do {
      this.skipWhitespace();
      const key = this.string();
      this.skipWhitespace();
      this.expect(":");
      result[key] = this.value(level);
    } while (this.follows(","));
    this.expect("}");
    return result;
  }

  private value(levelAbove: number): JsonValue {
    this.skipWhitespace();
    const result = this.valueAtHand(levelAbove + 1);
    this.skipWhitespace();
    return result;
  }

  private valueAtHand(level: number): JsonValue {
    const start = this.text[this.position];
    if ((start === "{" || start === "[") && level > this.deepestContainer) this.fail();
    switch (start) {
      case "{":
        return this.object(level);
      case "[":
        return this.array(level);
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.number();
    }
  }
}

/** `deepestContainer`: how deep arrays and objects may nest, the outermost being level 1. */
export function parseJson(
  text: string,
  deepestContainer: number = Number.POSITIVE_INFINITY,
): JsonValue {
  return new Reader(text.toWellFormed(), deepestContainer).whole();
}
