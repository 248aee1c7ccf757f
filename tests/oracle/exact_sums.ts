/**
 * Sums and averages as if computed exactly and rounded once (section 2.2). Every finite double is a
 * whole number of units of 2^-1074, so the exact sum is one big integer.
 */
const view = new DataView(new ArrayBuffer(8));

function inSmallestUnits(value: number): bigint {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n === 1n ? -magnitude : magnitude;
}

/** The double nearest to numerator / denominator units of 2^-1074, ties to the even one. */
function nearestDouble(numerator: bigint, denominator: bigint): number {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const bitsOfQuotient = (magnitude / denominator).toString(2).length;
  const dropped = BigInt(Math.max(0, bitsOfQuotient - 53));
  const divisor = denominator << dropped;
  let quotient = magnitude / divisor;
  const twiceRemainder = 2n * (magnitude - quotient * divisor);
  const roundsUp =
    twiceRemainder > divisor || (twiceRemainder === divisor && (quotient & 1n) === 1n);
  if (roundsUp) quotient += 1n;
  const exponent = Number(dropped) - 1074;
  // 2^1024 is not a double, but then the quotient is far above 1 and the sum overflows all the same.
  const result = exponent > 1000 ? Number.POSITIVE_INFINITY : Number(quotient) * 2 ** exponent;
  return numerator < 0n ? -result : result;
}

function exactTotal(values: readonly number[]): bigint {
  let total = 0n;
  for (const value of values) total += inSmallestUnits(value);
  return total;
}

export function roundedSum(values: readonly number[]): number {
  return nearestDouble(exactTotal(values), 1n);
}

export function roundedAverage(values: readonly number[]): number {
  return nearestDouble(exactTotal(values), BigInt(values.length));
}
