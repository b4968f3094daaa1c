import { Failure } from "#lib/errors";
import { BODY_MAX_BYTES } from "#lib/protocol/api";

/** What is too large is taken in so far and thrown away: who is cut off while sending is not told why. */
const DISCARD_MAX_BYTES = 4 * BODY_MAX_BYTES;

/** The JSON of a request. No more is kept of it than the limit, whatever length was declared. */
export async function readBody(request: Request): Promise<unknown> {
  if (Number(request.headers.get("content-length")) > BODY_MAX_BYTES) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > DISCARD_MAX_BYTES) break;
    if (bytes <= BODY_MAX_BYTES) pieces.push(piece);
    else pieces.length = 0;
  }
  if (bytes > BODY_MAX_BYTES) throw tooLarge();
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces)));
  } catch (cause) {
    throw new Failure("invalid-request", "The body is not JSON in UTF-8.", { cause });
  }
}

const tooLarge = () =>
  new Failure(
    "too-large",
    `A request may have ${BODY_MAX_BYTES / 1024 / 1024} MiB. Send less, or in several prompts.`,
  );
