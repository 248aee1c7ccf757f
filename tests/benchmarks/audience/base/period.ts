export const day = 86_400_000;

/** The instant that the counts are asked for. */
export const now = Date.UTC(2026, 10, 23);

/** Visits begin until then: some events lie after the instant, and count for nothing yet. */
export const end = now + 3_600_000;

/** No event is earlier. */
export const begin = now - 365 * day;
