/** A decimal number, exactly: `digits` / 10^`places`. Prices multiply and add up without rounding. */
export interface Decimal {
  digits: bigint;
  places: number;
}

const pattern = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads `12`, `-0.50` or `1e3`; undefined for anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const magnitude = BigInt(whole + fraction);
  const places = fraction.length - Number(exponent);
  const digits = sign === "-" ? -magnitude : magnitude;
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return { digits: left.digits * right.digits, places: left.places + right.places };
}

export function add(left: Decimal, right: Decimal): Decimal {
  const places = Math.max(left.places, right.places);
  return { digits: scaled(left, places) + scaled(right, places), places };
}

export function absolute({ digits, places }: Decimal): Decimal {
  return { digits: digits < 0n ? -digits : digits, places };
}

/** The nearest double. */
export function toNumber({ digits, places }: Decimal): number {
  return Number(`${digits}e-${places}`);
}

function scaled({ digits, places }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - places);
}
