/**
 * Tracks the contact of a browser: its segments are decided in the page, kept beyond it, and told to a receiver.
 *
 * @example
 * import { createTracker } from "@fosterflow/segments/browser";
 *
 * const tracker = createTracker({ segments, endpoint: "https://backend.example", token, consent: true });
 * tracker.on("entered", ({ segment }) => showOffer(segment));
 * tracker.track("Product Viewed", { sku: "A1", price: 19.9 });
 */

export type { ParkedStream } from "../delivery/sender_events.ts";
export type { Parking, ParkingCode } from "../delivery/stream_state.ts";
export type { Stream } from "../delivery/wire.ts";
export type { SegmentsInput } from "../javascript/define.ts";
export type * from "../javascript/definition_types.ts";
export type { Delta, DeltaCause, Membership } from "../javascript/delta_types.ts";
export type * from "../javascript/explanation_types.ts";
export type { Timestamp } from "../javascript/message_types.ts";
export type { Problem } from "../javascript/problem_types.ts";
export type { SegmentErrorCode } from "../javascript/segment_error.ts";
export { SegmentError } from "../javascript/segment_error.ts";
export type {
  Degradation,
  DegradationCode,
  Pending,
  PendingCounts,
  PendingDelta,
  Refusal,
  TrackerEvents,
} from "./event_types.ts";
export { mostPendingDeltas } from "./event_types.ts";
export type { WorkerSource } from "./leader_start.ts";
export type { MessageOptions } from "./messages.ts";
export type { AnalyticsQueue } from "./snippet.ts";
export { adoptAnalytics } from "./snippet.ts";
export type { Tracker } from "./tracker.ts";
export { createTracker } from "./tracker.ts";
export type { TrackerOptions } from "./tracker_options.ts";
export { defaultRefreshInterval } from "./tracker_options.ts";
