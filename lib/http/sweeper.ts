import { createHash, timingSafeEqual } from "node:crypto";
import { Failure } from "#lib/errors";

/** @throws for everybody who does not say the secret of this instance */
export function mustBeSweeper(request: Request, secret: string | undefined): void {
  if (!secret) throw new Failure("not-found", "There is nothing at this address. CRON_SECRET opens it.");
  const said = request.headers.get("authorization") ?? "";
  if (timingSafeEqual(digest(said), digest(`Bearer ${secret}`))) return;
  throw new Failure("not-signed-in", "This is asked with CRON_SECRET as a bearer token.");
}

const digest = (text: string) => createHash("sha256").update(text).digest();
