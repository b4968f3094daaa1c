import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { signedIn } from "#lib/accounts/who";
import type { SignInProvider } from "#lib/protocol/accounts";
import { server } from "#lib/server";
import { keepAwake } from "./keep-awake.ts";

const FAILURE_MAX_LENGTH = 200;

/**
 * What a page needs on which people sign in or up: who this browser is as a guest, and where to go afterwards.
 * Who is signed in already is sent there at once.
 */
export async function loadDoor(
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<{
  guestId: string | undefined;
  next: string;
  takesSignUps: boolean;
  providers: SignInProvider[];
  /** What went wrong elsewhere. */
  failure: string | undefined;
}> {
  const query = await searchParams;
  const next = ownPath(query.next);
  const { guestId, isIn } = await loadVisitor();
  if (isIn) redirect(next);
  const { signInProviders: providers, takesSignUps } = server();
  return { guestId, next, takesSignUps: await takesSignUps(), providers, failure: failureOf(query) };
}

/** Who this browser is as a guest, and whether it is signed in to an account already. */
export async function loadVisitor(): Promise<{ guestId: string | undefined; isIn: boolean }> {
  const asked = await headers(); // First: with it the page is drawn for who asks, and not when it is built.
  keepAwake();
  const account = (await signedIn(server(), asked))?.account;
  return { guestId: account?.isGuest ? account.id : undefined, isIn: account?.isGuest === false };
}

/** In the words of better-auth where it has some. An address can be written by anybody, so they are shown as theirs. */
function failureOf({ error, error_description: words }: Record<string, string | string[] | undefined>) {
  if (typeof error !== "string") return undefined;
  const said = typeof words === "string" ? words : error.replaceAll("_", " ");
  return `That did not work: “${said.slice(0, FAILURE_MAX_LENGTH)}”. Try again, or sign in another way.`;
}

/** A path of ours, or the first page: nobody is sent elsewhere by a link to here. */
export function ownPath(next: string | string[] | undefined): string {
  const base = "http://here";
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  const url = URL.parse(next, base);
  return url?.origin === base ? url.pathname + url.search : "/";
}
