import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { ANSWER_PATIENCE_MS, ask, Disconnected, ProblemError } from "./ask.ts";
import { createFakeClock } from "./fake-clock.ts";
import { type Answer, answerJson, answerProblem, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
});
afterEach(() => server.stop());

const answer = z.object({ word: z.string() });

function setUp(respond: Answer = () => {}) {
  server.routes.set("*", respond);
  const clock = createFakeClock();
  const deps = { fetch: server.fetch, clock };
  const failure = (options = {}) =>
    ask(deps, "/api/word", { answer, ...options }).then(
      () => expect.unreachable("there should be no answer"),
      (error: unknown) => error,
    );
  return { clock, deps, failure };
}

test("an answer is what its schema says", async () => {
  const { clock, deps } = setUp((_request, response) => answerJson(response, 200, { word: "yes", more: 1 }));
  expect(await ask(deps, "/api/word", { method: "POST", body: { a: 1 }, answer })).toEqual({ word: "yes" });
  expect(server.calls).toEqual([{ name: "POST /api/word", body: { a: 1 } }]);
  expect(clock.pending()).toEqual([]);
});

test("a refusal carries the server's code and sentence", async () => {
  const { failure } = setUp((_request, response) => answerProblem(response, 413, "too-large"));
  expect(await failure()).toMatchObject({
    name: "ProblemError",
    code: "too-large",
    status: 413,
    detail: "It is too-large.",
  });
});

test("too many requests say when to come again", async () => {
  const { failure } = setUp((_request, response) =>
    answerProblem(response, 429, "rate-limited", { "retry-after": "9" }),
  );
  expect(await failure()).toMatchObject({ code: "rate-limited", retryAfterMs: 9_000 });
});

test.each([
  "Load failed",
  "Failed to fetch",
  "NetworkError when attempting to fetch resource.",
  "fetch failed",
])("a browser that says “%s” is disconnected", async (message) => {
  const fetch = () => Promise.reject(new TypeError(message));
  const asked = ask({ fetch, clock: createFakeClock() }, "/api/word", { answer });
  await expect(asked).rejects.toBeInstanceOf(Disconnected);
});

const disconnections: Record<string, Answer> = {
  "breaks off": (_request, response) => response.destroy(),
  "breaks off within its answer": (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
    response.write('{"word":');
    setImmediate(() => response.destroy());
  },
  "says that its database is away": (_request, response) =>
    answerProblem(response, 503, "database-unavailable"),
  "is a proxy that finds nobody behind it": (_request, response) =>
    response.writeHead(502).end("<h1>Bad Gateway"),
  "is a proxy that does not know the server yet": (_request, response) =>
    response.writeHead(404).end("not found"),
  "is a hotel's page": (_request, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<h1>Welcome"),
  "sends to a hotel's page": (_request, response) =>
    response.writeHead(302, { location: "http://portal.invalid/" }).end(),
};
test.each(Object.entries(disconnections))("a server that %s has not answered", async (_name, respond) => {
  const { clock, failure } = setUp(respond);
  expect(await failure()).toBeInstanceOf(Disconnected);
  expect(clock.pending()).toEqual([]);
});

test("a hotel's page is no answer either for those who only want to know that there was one", async () => {
  const { deps } = setUp(disconnections["is a hotel's page"]);
  await expect(ask(deps, "/api/word", { method: "POST" })).rejects.toBeInstanceOf(Disconnected);
});

test("a proxy that refuses for good is a refusal, in words of our own", async () => {
  const { failure } = setUp((_request, response) => response.writeHead(413).end("<h1>Too large"));
  const error = await failure();
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({ code: "refused", status: 413 });
  expect(error).toHaveProperty("detail", expect.stringContaining("client_max_body_size"));
});

test("an answer that never comes is waited for no longer than a while", async () => {
  const { clock, failure } = setUp();
  const failed = failure();
  await soon(() => expect(server.calls).toHaveLength(1));
  clock.advance(ANSWER_PATIENCE_MS);
  expect(await failed).toBeInstanceOf(Disconnected);
});

test("whoever leaves waits for nothing", async () => {
  const { clock, failure } = setUp();
  const left = new AbortController();
  const failed = failure({ signal: left.signal });
  await soon(() => expect(server.calls).toHaveLength(1));
  left.abort();
  expect(await failed).toBeInstanceOf(Disconnected);
  expect(clock.pending()).toEqual([]);
});
