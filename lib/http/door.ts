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
  const next = ownPath((await searchParams).next);
  const { guestId, isIn } = await loadVisitor();
  if (isIn) redirect(next);
  return { guestId, next, takesSignUps: await server().takesSignUps() };
}

/** Who this browser is as a guest, and whether it is signed in to an account already. */
export async function loadVisitor(): Promise<{ guestId: string | undefined; isIn: boolean }> {
  const asked = await headers(); // First: with it the page is drawn for who asks, and not when it is built.
  const account = (await signedIn(server(), asked))?.account;
  return { guestId: account?.isGuest ? account.id : undefined, isIn: account?.isGuest === false };
}

/** A path of ours, or the first page: nobody is sent elsewhere by a link to here. */
export function ownPath(next: string | string[] | undefined): string {
  const base = "http://here";
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  const url = URL.parse(next, base);
  return url?.origin === base ? url.pathname + url.search : "/";
}
