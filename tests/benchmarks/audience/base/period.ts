export const day = 86_400_000;

/** The instant that the counts are asked for. Visits that began shortly before go on after it. */
export const now = Date.UTC(2026, 10, 23);

/** No event is earlier. */
export const begin = now - 365 * day;
