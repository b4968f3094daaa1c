import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ToolExecutionOptions } from "ai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isPublicAddress } from "./public-address.ts";
import { createWebReader } from "./read-web-page.ts";

const ARTICLE = `<!doctype html><html><head><title>The log</title><script>globalThis.hasRun = true</script></head>
  <body><nav><a href="/">Home</a></nav><article><h1>The log</h1>
  <p>A log is a list of <b>entries</b>, and <a href="/entries">each has a number</a>. ${"Words follow. ".repeat(40)}</p>
  <img src="https://tracker.example/a.png" alt="A list"><script>globalThis.hasRun = true</script>
  <p><a href="javascript:alert(1)">Click</a></p></article></body></html>`;

const pages: Record<string, (response: ServerResponse) => void> = {
  "/log": (response) => response.setHeader("content-type", "text/html; charset=utf-8").end(ARTICLE),
  "/plain": (response) =>
    response.setHeader("content-type", "text/plain; charset=latin1").end(Buffer.from([0xe9])),
  "/picture": (response) => response.setHeader("content-type", "image/png").end("png"),
  "/long": (response) => response.setHeader("content-type", "text/plain").end("word ".repeat(1_000_000)),
  "/moved": (response) => response.writeHead(302, { location: "/log" }).end(),
  "/around": (response) => response.writeHead(302, { location: "/around" }).end(),
  "/to-private": (response) =>
    response.writeHead(302, { location: `http://private.example:${port}/log` }).end(),
  "/to-loopback": (response) => response.writeHead(302, { location: `http://[::1]:${port}/log` }).end(),
  "/to-elsewhere": (response) => response.writeHead(302, { location: "https://elsewhere.test/" }).end(),
  "/to-file": (response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  "/gone": (response) => response.writeHead(410).end(),
  "/silent": () => {},
};
const asked: IncomingMessage[] = [];
const server = createServer((request, response) => {
  asked.push(request);
  const page = pages[request.url ?? ""];
  if (page) page(response);
  else response.writeHead(404).end();
});
let port: number;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The names of tests. `page.example` stands for a public host, though the port is on this machine. */
const NAMES: Record<string, string[]> = {
  "page.example": ["127.0.0.1"],
  "private.example": ["10.0.0.7"],
  "half.example": ["127.0.0.1", "10.0.0.7"],
};

function read(url: string, { signal }: { signal?: AbortSignal } = {}) {
  const reader = createWebReader({
    hosts: [`page.example:${port}`, `*.example:${port}`, `[::1]:${port}`],
    resolve: async (name) => NAMES[name] ?? [],
    isPublic: (address) => address === "127.0.0.1" || isPublicAddress(address),
  });
  const options = { toolCallId: "1", messages: [], context: {}, abortSignal: signal };
  return reader.execute?.(
    { url },
    options as unknown as ToolExecutionOptions<never>,
  ) as AsyncGenerator<unknown>;
}

const at = (path: string, host = "page.example") => `http://${host}:${port}${path}`;

async function told(url: string): Promise<unknown[]> {
  return Array.fromAsync(read(url));
}

test("a page comes back as markdown, and says on its way how far it is", async () => {
  const [asking, reading, page] = await told(at("/log"));
  expect([asking, reading]).toEqual([{ progress: `Asking page.example:${port}…` }, { progress: "Reading…" }]);
  expect(page).toMatchObject({ url: at("/log"), title: "The log" });
  const { markdown } = page as { markdown: string };
  expect(markdown).toContain(`A log is a list of **entries**, and [each has a number](${at("/entries")}).`);
  for (const gone of ["Home", "hasRun", "javascript:", "tracker"]) expect(markdown).not.toContain(gone);
  expect(globalThis).not.toHaveProperty("hasRun");
  expect(asked.at(-1)?.headers).not.toHaveProperty("cookie");
});

test("a redirect is followed, and told", async () => {
  const said = await told(at("/moved"));
  expect(said).toHaveLength(4);
  expect(said.at(-1)).toMatchObject({ url: at("/log"), title: "The log" });
});

test("a text is told as it is, and cut where it is too long", async () => {
  expect((await told(at("/plain"))).at(-1)).toEqual({ url: at("/plain"), title: "", markdown: "é" });
  const { markdown } = (await told(at("/long"))).at(-1) as { markdown: string };
  expect(markdown).toHaveLength(40_000 + "\n\n[cut here]".length);
});

test.each([
  ["/to-private", "private.example"],
  ["/to-loopback", "[::1]"],
])("a redirect to a private address is refused: %s", async (path, host) => {
  const before = asked.length;
  await expect(told(at(path))).rejects.toThrow(`${host}:${port} is not a public address, and was not asked.`);
  expect(asked).toHaveLength(before + 1);
});

test.each([
  ["/to-elsewhere", "elsewhere.test may not be read here"],
  ["/to-file", "file: may not be read here"],
  ["/around", "led to more than 5 other addresses"],
  ["/gone", "answered 410"],
  ["/picture", "is image/png, and only pages and texts can be read"],
])("what leads nowhere says why: %s", async (path, sentence) => {
  await expect(told(at(path))).rejects.toThrow(sentence);
});

test.each([
  ["private.example", "is not a public address"],
  ["half.example", "is not a public address"],
  ["[::1]", "is not a public address"],
  ["missing.example", "was not found"],
  ["evil.test", "may not be read here"],
])("a host that must not be asked is not asked: %s", async (host, sentence) => {
  const before = asked.length;
  await expect(told(at("/log", host))).rejects.toThrow(sentence);
  expect(asked).toHaveLength(before);
});

test.each(["nonsense", "file:///etc/passwd", "ftp://page.example/", "javascript:alert(1)"])(
  "an address that is none is refused: %s",
  async (url) => {
    await expect(told(url)).rejects.toThrow(/is not an address|may not be read here/);
  },
);

test("whoever stops leaves no request open", async () => {
  const stop = new AbortController();
  const steps = read(at("/silent"), { signal: stop.signal });
  await steps.next();
  const next = steps.next();
  await expect.poll(() => asked.at(-1)?.url).toBe("/silent");
  const request = asked.at(-1);
  const hungUp = new Promise((resolve) => request?.once("close", resolve));
  stop.abort();
  await expect(next).rejects.toThrow("aborted");
  await hungUp;
});
