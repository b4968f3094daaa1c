import { after } from "next/server";
import { server } from "#lib/server";

/**
 * Called once for each request, wherever requests come in. Where the platform freezes this process when it has answered,
 * it is kept awake for what it does; elsewhere it does nothing.
 */
export function keepAwake(options?: { works: boolean }): void {
  const { awake } = server();
  if (!awake) return;
  const answered = Promise.withResolvers<void>();
  // A callback begins when the answer has ended, which is what it is to tell. What keeps us awake is a promise: it holds
  // from now on.
  after(answered.resolve);
  after(awake.hold(answered.promise, options));
}
