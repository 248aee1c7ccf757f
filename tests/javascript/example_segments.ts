import type { SegmentDefinition, TrackMessage } from "@fosterflow/segments";

/** Segments and messages that several tests use. */

export const startOfYear = Date.UTC(2026, 0, 1);
export const hour = 3_600_000;
export const day = 24 * hour;

/** A product seen within a day. */
export const viewers: SegmentDefinition = {
  version: 1,
  id: "viewers",
  name: "Viewers",
  description: "Saw a product within a day.",
  when: { kind: "event", event: "Product Viewed", window: { last: { days: 1 } } },
};

/** Paid at least a parameter in all. */
export const highRollers: SegmentDefinition = {
  version: 1,
  id: "high-rollers",
  parameters: { highValue: 200 },
  when: {
    kind: "event",
    event: "Order Completed",
    measure: { fn: "sum", property: "total" },
    op: "gte",
    value: { parameter: "highValue" },
  },
};

export const both: SegmentDefinition = {
  version: 1,
  id: "both",
  when: {
    kind: "all",
    of: [
      { kind: "segment", segment: "viewers", op: "in" },
      { kind: "segment", segment: "high-rollers", op: "in" },
    ],
  },
};

export function viewed(userId: string, timestamp: number, messageId?: string): TrackMessage {
  return {
    type: "track",
    userId,
    event: "Product Viewed",
    timestamp,
    ...(messageId === undefined ? {} : { messageId }),
  };
}

export function ordered(userId: string, timestamp: number, total: number): TrackMessage {
  return { type: "track", userId, event: "Order Completed", timestamp, properties: { total } };
}
