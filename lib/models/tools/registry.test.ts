import { expect, test } from "vitest";
import { parseSettings } from "#lib/env";
import { createMoments } from "#lib/moments";
import { startFakeMcp } from "./mcp/fake-mcp.ts";
import { createTools } from "./registry.ts";

const deps = { now: () => new Date(0), moments: createMoments() };
const names = (toolbox: ReturnType<typeof createTools>) => Object.keys(toolbox.now()).sort();
const OWN = ["calculate", "current_time", "fill_composer", "open_conversation", "set_theme"];

test("some tools are always there, and at once", async () => {
  const toolbox = createTools(parseSettings({}), deps);
  await toolbox.ready();
  expect(names(toolbox)).toEqual(OWN);
  expect(Object.values(toolbox.now()).some(({ sideEffects, asks }) => sideEffects || asks)).toBe(false);
});

test("pages can be read where hosts are named", () => {
  const toolbox = createTools(parseSettings({ FETCH_HOSTS: "en.wikipedia.org" }), deps);
  expect(names(toolbox)).toContain("read_web_page");
});

test("those of other servers come as soon as these have answered, and take no name of ours", async () => {
  const [here, current] = [await startFakeMcp(), await startFakeMcp()];
  const MCP_SERVERS = JSON.stringify({
    notes: { url: here.url },
    current: { url: current.url },
    gone: { url: "http://127.0.0.1:9/mcp" },
  });
  const toolbox = createTools(parseSettings({ MCP_SERVERS }), deps);
  expect(names(toolbox)).toEqual(OWN);
  toolbox.start();
  await toolbox.ready();
  expect(names(toolbox)).toEqual(
    [
      ...OWN,
      ...["look_up", "write_note", "fail"].flatMap((name) => [`notes_${name}`, `current_${name}`]),
    ].sort(),
  );
  await toolbox.stop();
  expect(names(toolbox)).toEqual(OWN);
  await Promise.all([here.stop(), current.stop()]);
});
