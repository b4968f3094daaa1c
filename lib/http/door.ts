import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { signedIn } from "#lib/accounts/who";
import { server } from "#lib/server";

/**
 * What a page needs on which people sign in or up: who this browser is as a guest, and where to go afterwards.
 * Who is signed in already is sent there at once.
 */
export async function loadDoor(
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<{ guestId: string | undefined; next: string; takesSignUps: boolean }> {
  const [asked, query] = await Promise.all([headers(), searchParams]);
  const next = ownPath(query.next);
  const known = await signedIn(server(), asked);
  if (known && !known.account.isGuest) redirect(next);
  return { guestId: known?.account.id, next, takesSignUps: await server().takesSignUps() };
}

/** A path of ours, or the first page: nobody is sent elsewhere by a link to here. */
export function ownPath(next: string | string[] | undefined): string {
  const base = "http://here";
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  const url = URL.parse(next, base);
  return url?.origin === base ? url.pathname + url.search : "/";
}
