import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { EventSource } from "eventsource";
import { test } from "./fixtures.ts";
import { startProxy } from "./proxy.ts";
import { headersBy, makeKey, says, WAYS, wordsOf } from "./sdk-client.ts";
import { countTo } from "./stored.ts";

// What is promised to clients that know nothing but HTTP and event streams: they work as they are.

test("EventSource comes back by itself, again and again, and hears every number once and in order", async ({
  server,
  api,
}) => {
  const network = await startProxy(server.url);
  const authorization = `Bearer ${await makeKey(api)}`;
  const { id } = await api.create();
  const asked: string[] = [];
  const source = new EventSource(`${network.url}/api/conversations/${id}/events`, {
    fetch: (url, init) => {
      asked.push(init.headers["Last-Event-ID"] ?? "none");
      return fetch(url, { ...init, headers: { ...init.headers, authorization } });
    },
  });
  let text = "";
  let head = 0;
  const cuts = [20, 90, 160];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  source.onmessage = ({ data, lastEventId }) => {
    const { first, sequence, event } = JSON.parse(data);
    if (first !== head + 1 || lastEventId !== String(sequence))
      reject(new Error(`${data} came after ${head}`));
    head = sequence;
    for (const chunk of event.chunks ?? []) if (chunk.type === "text-delta") text += chunk.delta;
    if (text.split(" ").length > (cuts[0] ?? Number.POSITIVE_INFINITY)) {
      cuts.shift();
      void network.cut().then(network.mend).catch(reject);
    }
    if (event.type === "generation-end") resolve();
  };
  await api.send(id, "count to 300, 20 ms apart");
  await promise;
  source.close();
  await network.stop();
  expect(text).toBe(countTo(300));
  expect(head).toBe((await api.snapshot(id)).sequence);
  expect(asked.length, "it came back after each cut").toBeGreaterThanOrEqual(4);
  expect(asked[0]).toBe("none");
  expect(asked.slice(1).every((last) => Number(last) > 0)).toBe(true);
});

for (const way of WAYS) {
  test(`curl with ${way}: sends, waits, follows, and goes on by number`, async ({ server, api }) => {
    const [[name, value] = ["", ""]] = Object.entries(await headersBy(way, api));
    const curl = (path: string, ...more: string[]) =>
      run(["-H", `${name}: ${value}`, ...more, server.url + path]);
    const { id } = await api.create();
    const prompt = (text: string) => ["--json", JSON.stringify({ id: crypto.randomUUID(), text })];
    const waited = JSON.parse(
      await curl(`/api/conversations/${id}/messages`, ...prompt("count to 3"), "-H", "Prefer: wait=50"),
    );
    expect(wordsOf(waited.message)).toBe("1 2 3");
    const log = await curl(
      `/api/conversations/${id}/events?until=idle`,
      "-N",
      "-H",
      "Accept: text/event-stream",
    );
    const ids = [...log.matchAll(/^id: (\d+)$/gm)].map(([, sequence]) => Number(sequence));
    expect(log.trimEnd().endsWith("data: [DONE]")).toBe(true);
    expect(ids.at(-1)).toBe(waited.sequence);
    const half = ids[Math.floor(ids.length / 2)] ?? 0;
    const rest = await curl(
      `/api/conversations/${id}/events?until=idle`,
      ...["-N", "-H", "Accept: text/event-stream", "-H", `Last-Event-ID: ${half}`],
    );
    const first = /"first":(\d+)/.exec(rest);
    expect(Number(first?.[1])).toBe(half + 1);
    expect(rest.slice(rest.lastIndexOf("id: "))).toBe(log.slice(log.lastIndexOf("id: ")));
    const streamed = await curl(
      "/api/chat",
      "-N",
      "--json",
      JSON.stringify({ id, message: says("m9", "count to 3") }),
    );
    const deltas = [...streamed.matchAll(/"delta":"([^"]*)"/g)].map(([, delta]) => delta).join("");
    expect(deltas).toBe("1 2 3");
  });
}

async function run(args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("curl", [
    "--silent",
    "--show-error",
    "--fail-with-body",
    ...args,
  ]);
  return stdout;
}
