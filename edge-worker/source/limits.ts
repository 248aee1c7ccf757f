/**
 * Every bound of the edge worker. docs/edge-worker.md lists them; tests hold each. Bytes are of UTF-8, times are milliseconds
 * unless a name says otherwise.
 */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** As Segment's tracking API has it. */
export const mostMessageBytes = 32 * 1024;
/** As Segment's tracking API has it; after decompression, too. */
export const mostBatchBytes = 500 * 1024;
/** More than fit into `mostBatchBytes` with any content; bounds work, not use. */
export const mostBatchMessages = 2500;
/** UTF-16 units of a contact's id: what every receiver takes (`longestNameLength`). */
export const longestContactId = 255;
/** Clocks that differ by less are taken to agree: the difference is mostly the request's way. */
export const toleratedClockSkew = 10 * second;

/** Bytes of a request's body in the management API. */
export const mostManagementBytes = 1024 * 1024;
/** Bytes of a list's CSV. */
export const mostListBytes = 20 * 1024 * 1024;
/** Contacts on a list. */
export const mostListContacts = 500_000;
/** Lists of a workspace: the erasure of a contact asks each. */
export const mostLists = 200;
/** Segments of a workspace; the core would take 10,000. */
export const mostSegments = 1000;
/** Bytes of all definitions of a workspace together: they travel to every isolate. */
export const mostDefinitionBytes = 8 * 1024 * 1024;
/** Versions of a segment that are kept. */
export const mostSegmentVersions = 50;
/** Endpoints of a workspace. */
export const mostEndpoints = 10;
/** Secrets of an endpoint: one in use, and those that it replaces or that replace it. */
export const mostEndpointSecrets = 4;
/** Ids that aliases may join into one contact. */
export const mostJoinedIds = 100;
/** Live feeds of one contact at a time. */
export const mostLiveFeeds = 32;

/** Items of a page, and the default. */
export const mostPageItems = 1000;
export const defaultPageItems = 100;

/** Bytes of a snapshot's part: with its row, one page of SQLite. */
export const snapshotPartBytes = 4000;
/** Contacts that an isolate has open at a time; the one that was not used for longest makes room. */
export const mostOpenContacts = 2000;
/** Parts of the index, the counts and the feed. Fixed: a contact's part follows from its id. */
export const shardCount = 16;

/** How long an isolate trusts what it knows of a workspace's rules and endpoints. */
export const configurationFreshness = 2 * second;
/** Deltas wait so long for company before they are sent. */
export const sendDelay = 50;
/** A contact object that ended before it could send is woken after so long. */
export const sendFallback = 5 * second;
/** An alarm that could not do its work comes again after so long. */
export const alarmRetryDelay = 5 * second;
/** A request to a contact that is being joined with another tries again for so long. */
export const joinPatience = 5 * second;
export const joinRetryDelay = 20;

/** Contacts that a refresh touches in a second, and how many of them at once. */
export const refreshedContactsPerSecond = 500;
export const refreshConcurrency = 16;
/** Contacts between two notes of how far a refresh, or the filling of a list, is. */
export const refreshPageContacts = 100;

/** How long the feed keeps deltas. */
export const feedRetention = 7 * day;
/** Deltas between two looks for what is older. */
export const feedPruneInterval = 1000;

/** Contacts of the sample that unsaved rules are counted over. */
export const mostSampleContacts = 1000;
/** Messages kept of a contact of the sample: as many as the core keeps events. */
export const mostSampleMessages = 10_000;
/** How long a loaded sample is used. */
export const sampleFreshness = minute;

/** Messages a second that a workspace may send to one isolate, and how many seconds' worth at once. */
export const defaultMessagesPerSecond = 10_000;
/** Requests of the management API a second, by workspace and isolate. */
export const managementRequestsPerSecond = 100;
/** Live feeds that pages open a second, by workspace and isolate. */
export const liveFeedsPerSecond = 200;
export const rateLimitBurstSeconds = 5;

/** How long a token for a live feed is good, at most. */
export const longestLiveToken = hour;
