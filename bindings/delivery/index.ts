/**
 * Delivers deltas from an outbox to a receiver: at least once, in order within each contact. With the receiver of
 * `bindings/receiver`, each is applied once. docs/delivery.md is the protocol.
 */

export { uuidV7 } from "../javascript/uuid_v7.ts";
export type { Clock } from "./clock.ts";
export { hostClock } from "./clock.ts";
export { MemoryOutbox } from "./memory_outbox.ts";
export type { EndpointState, Outbox } from "./outbox.ts";
export { untriedEndpoint } from "./outbox.ts";
export type { RetryPolicy } from "./retry_policy.ts";
export { browserRetryPolicy, longestRetryAfter, serverRetryPolicy } from "./retry_policy.ts";
export { DeliverySchedule, flushDelay, flushDeltas } from "./schedule.ts";
export type { SenderOptions } from "./sender.ts";
export { createSender, DeltaSender, defaultRequestTimeout } from "./sender.ts";
export type { ParkedStream, SenderEvent } from "./sender_events.ts";
export type { SigningKey } from "./signing.ts";
export { isSignedBy, signatureHeader, signingKey } from "./signing.ts";
export type { Parking, ParkingCode, StreamDelivery, StreamState } from "./stream_state.ts";
export { acknowledgedStream, appendedStream, isWaiting, openedStream } from "./stream_state.ts";
export { KeepaliveBudget, keepaliveQuotaBytes, unloadBudgetBytes } from "./unload.ts";
export type { DeliveryBatch, Stream } from "./wire.ts";
export { maximumBatchBytes, maximumBatchDeltas, streamKey } from "./wire.ts";
