import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ToolExecutionOptions } from "ai";
import { afterEach, expect, test } from "vitest";
import type { McpServerSettings } from "#lib/mcp-servers";
import { createMoments, type MomentFacts } from "#lib/moments";
import { temporaryFolder } from "#scripts/temporary-folder";
import { startFakeMcp } from "./fake-mcp.ts";
import { createMcpServer, type McpServer } from "./mcp-server.ts";

const STDIO_SERVER = join(import.meta.dirname, "stdio-server.fixture.ts");
const options = { toolCallId: "1", messages: [], context: {} } as unknown as ToolExecutionOptions<never>;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Told = { name: "up"; tools: number } | { name: "down" };

function look(settings: McpServerSettings): McpServer & { told: Told[] } {
  const moments = createMoments();
  const told: Told[] = [];
  moments.on("tools.up", ({ tools }: MomentFacts["tools.up"]) => told.push({ name: "up", tools }));
  moments.on("tools.down", () => told.push({ name: "down" }));
  const server = createMcpServer({ name: "notes", settings, moments, tickMs: 20 });
  server.start();
  ends.push(server.stop);
  return { ...server, told };
}

const call = async (server: McpServer, name: string, input: object) =>
  server.tools()[name]?.execute?.(input as never, options);

async function fakeMcp(port?: number) {
  const fake = await startFakeMcp(port);
  ends.push(fake.stop);
  return fake;
}

async function stdio() {
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const pidFile = join(folder.path, "pid");
  return { pidFile, pid: () => Number(readFileSync(pidFile, "utf8")), args: [STDIO_SERVER, pidFile] };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("the tools of a server over HTTP are ours, named for both, and what changes something asks", async () => {
  const fake = await fakeMcp();
  const server = look({ url: fake.url, headers: { "x-key": "open sesame" } });
  await server.asked;
  expect(
    Object.entries(server.tools()).map(([name, { sideEffects, asks }]) => ({ name, sideEffects, asks })),
  ).toEqual([
    { name: "notes_look_up", sideEffects: false, asks: false },
    { name: "notes_write_note", sideEffects: true, asks: true },
    { name: "notes_fail", sideEffects: false, asks: false },
  ]);
  expect(server.tools().notes_look_up?.metadata).toMatchObject({ clientName: "notes", toolName: "look_up" });
  expect(await call(server, "notes_look_up", { word: "log" })).toMatchObject({
    content: [{ type: "text", text: "log: a word of 3 letters" }, { type: "image" }],
  });
  expect(fake.headers()).toMatchObject({ "x-key": "open sesame" });
  await call(server, "notes_write_note", { text: "hello" });
  expect(fake.notes).toEqual(["hello"]);
  expect(server.told).toEqual([{ name: "up", tools: 3 }]);
});

test.each([
  ["always", [true, true, true]],
  ["never", [false, false, false]],
] as const)("whether a person is asked can be set for a server: %s", async (approval, asks) => {
  const fake = await fakeMcp();
  const server = look({ url: fake.url, approval });
  await server.asked;
  expect(Object.values(server.tools()).map((tool) => tool.asks)).toEqual(asks);
});

test("a server that is down has no tools, and has them as soon as it is there", async () => {
  const fake = await startFakeMcp();
  const port = Number(new URL(fake.url).port);
  await fake.stop();
  const server = look({ url: fake.url });
  await server.asked;
  expect(server.tools()).toEqual({});
  expect(server.told).toEqual([{ name: "down" }]);
  await fakeMcp(port);
  await expect.poll(() => server.told.at(-1)).toEqual({ name: "up", tools: 3 });
  expect(server.told).toHaveLength(2);
});

test("a server that goes away is noticed at the next call", async () => {
  const fake = await startFakeMcp();
  const server = look({ url: fake.url });
  await server.asked;
  await fake.stop();
  await expect(call(server, "notes_look_up", { word: "log" })).rejects.toThrow();
  await expect.poll(() => server.told.at(-1)).toEqual({ name: "down" });
  expect(server.tools()).toEqual({});
});

test("a program is started for its tools, again when it dies, and ends with us", async () => {
  const { pid, args } = await stdio();
  const server = look({ command: process.execPath, args });
  await server.asked;
  expect(await call(server, "notes_look_up", { word: "log" })).toMatchObject({
    content: [{ type: "text" }, {}],
  });
  const first = pid();
  process.kill(first, "SIGKILL");
  await expect.poll(pid).not.toBe(first);
  await expect.poll(() => Object.keys(server.tools()).length).toBe(3);
  const second = pid();
  expect(isAlive(second)).toBe(true);
  await server.stop();
  await expect.poll(() => isAlive(second)).toBe(false);
});

test("a program whose parent is killed ends too", async () => {
  const { pid, args } = await stdio();
  const parent = spawn(process.execPath, [join(import.meta.dirname, "stdio-parent.fixture.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => parent.stdout.once("data", resolve));
  expect(isAlive(pid())).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(pid())).toBe(false);
});

test("a program that is not there is told, and does no harm", async () => {
  const server = look({ command: "there-is-no-such-program" });
  await server.asked;
  expect(server.tools()).toEqual({});
  expect(server.told).toEqual([{ name: "down" }]);
});
