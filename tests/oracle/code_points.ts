/** Text is ordered by code point everywhere (section 1), which UTF-16 order is not. */
export function compareCodePoints(left: string, right: string): number {
  let position = 0;
  while (position < left.length && position < right.length) {
    const a = left.codePointAt(position) as number;
    const b = right.codePointAt(position) as number;
    if (a !== b) return a - b;
    position += a > 0xffff ? 2 : 1;
  }
  return left.length - right.length;
}
