import { type Api, createApi, signInAsGuest } from "#e2e/api";
import { isEnd, isEntry, readUntil } from "#e2e/frames";
import type { Context } from "../bench.ts";
import { providerSettings, sayPrompt } from "../provider.ts";
import { startServer } from "../start-server.ts";
import { createEar } from "./ear.ts";
import { textIn } from "./heard.ts";
import type { Road } from "./road.ts";

export const BY_HTTP = "Rejoin, by HTTP";

/** The built product: a reader at the server that asks the model, and one at another server. */
export async function openHttpRoads(
  context: Context,
  { databaseUrl, providerUrl }: { databaseUrl: string; providerUrl: string },
): Promise<Road[]> {
  const env = providerSettings(providerUrl);
  const asked = await startServer(context, { databaseUrl, env });
  const other = await startServer(context, { databaseUrl, env });
  const api = await signInAsGuest(asked.url, { unchecked: true });
  const elsewhere = createApi({ url: other.url, cookie: api.cookie, unchecked: true });
  return [road(BY_HTTP, api, api), road("Rejoin, by HTTP from another server", api, elsewhere)];
}

function road(name: string, writer: Api, reader: Api): Road {
  return {
    name,
    async travel(speech) {
      const ear = createEar();
      const { id } = await writer.create();
      const line = await reader.events(id);
      const read = readUntil(line.frames, (frame) => {
        if (isEntry(frame)) ear.hear(textIn(frame.event));
        return isEnd(frame);
      });
      await writer.send(id, sayPrompt(speech));
      await read;
      line.leave();
      return ear;
    },
  };
}
