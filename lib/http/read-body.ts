import { Failure } from "#lib/errors";
import { BODY_MAX_BYTES } from "#lib/protocol/api";
import { readBytes } from "./read-bytes.ts";

/** The JSON of a request. No more is kept of it than the limit, whatever length was declared. */
export async function readBody(request: Request, maxBytes = BODY_MAX_BYTES): Promise<unknown> {
  const refuse = () => tooLarge(maxBytes);
  if (Number(request.headers.get("content-length")) > maxBytes) throw refuse();
  const bytes = await readBytes(request, maxBytes, refuse);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Failure("invalid-request", "The body is not JSON in UTF-8.", { cause });
  }
}

const tooLarge = (maxBytes: number) =>
  new Failure(
    "too-large",
    `A request may have ${maxBytes / 1024 / 1024} MiB. Send less, or in several prompts.`,
  );
