import { strict as assert } from "node:assert";
import { PAGE_MAX_BYTES } from "#lib/protocol/api";

/** Between two commits of one answer while somebody follows it; what comes meanwhile goes together. */
export const FLUSH_FOLLOWED_MS = 50;
/** The same while so many answers are written that each commit counts: a millisecond for each answer, up to this. */
export const FLUSH_FOLLOWED_BUSY_MS = 80;
/** And while nobody does. */
export const FLUSH_UNFOLLOWED_MS = 300;
/** How often a process says that it follows what another one writes. */
export const TELL_FOLLOWED_MS = 5_000;
/** And for how long it is believed. */
export const FOLLOWED_ELSEWHERE_MS = 12_000;
/** This much text does not wait. */
export const FLUSH_BYTES = 4 * 1024;
/** Above this a generation's writer asks its model to pause. */
export const UNFLUSHED_MAX_BYTES = 1024 * 1024;
/** Writers in one statement. More are written in the statement after. */
export const FLUSH_MAX_WRITERS = 512;
/** The same as text. One writer may have more, and is then written alone. */
export const FLUSH_MAX_BYTES = 8 * 1024 * 1024;
/** Between tries while the database does not answer. */
export const FLUSH_RETRY_MS = 200;

/** A worker without a witness renews its leases so often that no two looks see the same one. */
export const RENEW_UNWITNESSED_MS = 300;
/** Between two looks at who has a witness. Whoever has none at both, and the same lease, is dead. */
export const WITNESS_LOOK_MS = 1_000;

export const RECENT_MAX_ENTRIES = 256;
export const RECENT_MAX_BYTES = 256 * 1024;
/** Rows in one read of a log. */
export const READ_MAX_ROWS = 2_000;
/** What is written around an event where it is sent: its numbers, its place, the page that it is in. */
export const ENVELOPE_BYTES = 100;
/** Entries that were joined for catch-up are no longer than this. A character takes up to three bytes. */
export const JOINED_MAX_LENGTH = 64 * 1024;

/** The floor beneath wake-ups: a lost one delays by at most this. */
export const POLL_MS = 1_000;
/** The same while there is no LISTEN connection. */
export const POLL_DEAF_MS = 100;

/** Postgres takes fewer than 8,000 bytes of payload; a log's id and its comma are 37. It carries three lists. */
export const ANNOUNCE_MAX_LOGS = 60;

/** Logs that are looked at in one go when entries are to be deleted. */
export const TRUNCATE_LOOK_LOGS = 1_000;
/** Logs of which entries are deleted in one transaction, and entries of each: so few that nobody waits for them. */
export const TRUNCATE_BATCH_LOGS = 20;
export const TRUNCATE_LOG_ENTRIES = 100;

assert(FLUSH_FOLLOWED_MS <= FLUSH_FOLLOWED_BUSY_MS && FLUSH_FOLLOWED_BUSY_MS < FLUSH_UNFOLLOWED_MS);
assert(FLUSH_UNFOLLOWED_MS < POLL_MS);
assert(RENEW_UNWITNESSED_MS * 3 < WITNESS_LOOK_MS);
assert(FLUSH_BYTES < UNFLUSHED_MAX_BYTES);
assert(JOINED_MAX_LENGTH * 3 + ENVELOPE_BYTES <= PAGE_MAX_BYTES);
assert(ANNOUNCE_MAX_LOGS * 3 * 37 + 200 < 8_000);
assert(TELL_FOLLOWED_MS * 2 < FOLLOWED_ELSEWHERE_MS);
