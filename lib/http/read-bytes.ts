/** What is too large is taken in so far and thrown away: who is cut off while sending is not told why. */
const DISCARD_MAX_TIMES = 4;

/** The body of a request. No more is kept of it than `maxBytes`, whatever length was declared. */
export async function readBytes(
  request: Request,
  maxBytes: number,
  tooLarge: () => Error,
): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > maxBytes * DISCARD_MAX_TIMES) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > maxBytes * DISCARD_MAX_TIMES) break;
    if (bytes <= maxBytes) pieces.push(piece);
    else pieces.length = 0;
  }
  if (bytes > maxBytes) throw tooLarge();
  return Buffer.concat(pieces);
}
