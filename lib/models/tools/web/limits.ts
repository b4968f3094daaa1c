import { strict as assert } from "node:assert";

/** Of a page, as it is sent. What is longer is cut. */
export const PAGE_MAX_BYTES = 2 * 1024 * 1024;
/** Of a page, as it is told to the model. What is longer is cut, and says so. */
export const MARKDOWN_MAX_LENGTH = 40_000;
export const REDIRECTS_MAX = 5;
/** From the question to the last byte, over all redirects. */
export const GET_MAX_MS = 15_000;
/** For making text of it. */
export const READ_MAX_MS = 15_000;

assert(MARKDOWN_MAX_LENGTH < PAGE_MAX_BYTES);
