import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { pacedFetch } from "./paced-fetch.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = pacedFetch(() => 0);
const post = (url: string, init: RequestInit = {}) =>
  ask(url, { method: "POST", headers: { "x-key": "k" }, body: '{"a":"ü"}', ...init });

async function textOf(request: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const piece of request) text += piece.toString();
  return text;
}

test("what is asked and what is answered come through as with fetch", async () => {
  const url = await serve(async (request, response) => {
    const asked = { method: request.method, key: request.headers["x-key"], body: await textOf(request) };
    response.writeHead(429, {
      "content-type": "application/json",
      "set-cookie": ["a=1", "b=2"],
      "retry-after": "3",
    });
    response.end(JSON.stringify(asked));
  });
  const response = await post(url);
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("3");
  expect(await response.json()).toEqual({ method: "POST", key: "k", body: '{"a":"ü"}' });
});

test("an answer without content has no body", async () => {
  const url = await serve((_, response) => void response.writeHead(204).end());
  expect((await post(url)).body).toBeNull();
});

test("an address that has moved is asked where it is now", async () => {
  const there = await serve(async (request, response) => void response.end(await textOf(request)));
  const here = await serve((_, response) => void response.writeHead(307, { location: there }).end());
  expect(await (await post(here)).json()).toEqual({ a: "ü" });
});

test("a server that is not there fails as with fetch", async () => {
  const url = await serve(() => undefined);
  for (const stop of stops.splice(0)) stop();
  const failure = await post(url).catch((error) => error);
  expect(failure).toBeInstanceOf(TypeError);
  expect(failure).toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
});

test("whoever is called off hangs up, before the answer and in it", async () => {
  const hungUp = Promise.withResolvers<void>();
  const url = await serve((_, response) => void response.on("close", hungUp.resolve));
  const leaving = new AbortController();
  const asking = post(url, { signal: leaving.signal });
  const reason = new Error("stopped");
  leaving.abort(reason);
  await expect(asking).rejects.toBe(reason);

  const asked = Promise.withResolvers<void>();
  const streaming = await serve((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: {}\n\n");
    response.on("close", asked.resolve);
  });
  const stopping = new AbortController();
  const response = await post(streaming, { signal: stopping.signal });
  const reader = response.body?.getReader();
  await reader?.read();
  stopping.abort();
  await asked.promise;
  await expect(reader?.read()).rejects.toThrow();
});
