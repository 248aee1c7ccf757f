/** The events of the base; the numbers stand in its columns. */
export const kind = {
  page: 0,
  viewed: 1,
  added: 2,
  ordered: 3,
  opened: 4,
  clicked: 5,
} as const;

export type Kind = (typeof kind)[keyof typeof kind];

/** In the order of their numbers, as the rule language names them. */
export const kindNames = [
  "page",
  "Product Viewed",
  "Product Added",
  "Order Completed",
  "Email Opened",
  "Email Clicked",
] as const;

/** Of a hundred events. */
const shares = [50, 30, 10, 5, 4, 1];

/** From a number below 100 to the event that it stands for. */
export const kindOfPercent = Uint8Array.from(
  shares.flatMap((share, number) => Array.from({ length: share }, () => number)),
);

/** How people go on within a visit: a mail, a page, a product, the cart, an order. */
export const stageOfKind = Uint8Array.from([2, 3, 4, 5, 0, 1]);
