/** For so long what was deleted can be brought back. */
export const RESTORABLE_HOURS = 24;
/** A temporary conversation that nobody goes on with is erased after so long. */
export const TEMPORARY_KEPT_MINUTES = 60;
/** Conversations that are looked for in one go when some are to be erased. */
export const ERASE_BATCH_COUNT = 50;
/** Guests that are looked for in one go when those who are gone are to be deleted. */
export const ERASE_BATCH_GUESTS = 20;
