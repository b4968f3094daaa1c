import { type Place, PROMPT, startServers } from "#bench/outside/place";

/** All p50, but for the name that says otherwise. */
export type Burst = { acceptedMs: number; firstWordMs: number; firstWordP95Ms: number };

/** So many go through a fresh server first, so that the burst meets code that is compiled. */
const WARM_UP_SENDS = 20;

/** Many prompts of as many people in one moment, and their words flow from then on. */
export async function measureBurst(place: Place, providerUrl: string, prompts: number): Promise<Burst> {
  const { outside, context } = place;
  const { servers } = await startServers(place, { count: 1, providerUrl });
  const urls = servers.map(({ url }) => url);
  const burst = async (conversations: number) => {
    await outside.order("open", { urls, conversations, readersEach: 1, accounts: "many" });
    const sent = await outside.order("send", { text: PROMPT, overMs: 0 });
    await outside.order("finish");
    await outside.order("leave");
    if (!sent) throw new Error(`${conversations} prompts in one moment were not all answered`);
    return sent;
  };
  if (!context.smoke) await burst(WARM_UP_SENDS);
  const { acceptedMs, firstWordMs } = await burst(prompts);
  await Promise.all(servers.map((server) => server.stop()));
  return { acceptedMs: acceptedMs.p50, firstWordMs: firstWordMs.p50, firstWordP95Ms: firstWordMs.p95 };
}
