import { expect, test } from "vitest";
import { parseSettings } from "./env.ts";
import { withoutSecrets } from "./without-secrets.ts";

const parse = (servers: unknown) => {
  const text = typeof servers === "string" ? servers : JSON.stringify(servers);
  return parseSettings({ MCP_SERVERS: text }).MCP_SERVERS;
};

test("servers are named, over HTTP or as a program", () => {
  const servers = {
    weather: {
      type: "http",
      url: "https://weather.example/mcp",
      headers: { Authorization: "Bearer secret-key" },
    },
    files: { command: "npx", args: ["-y", "some-server"], env: { TOKEN: "secret" }, approval: "always" },
  };
  expect(parse(servers)).toEqual(servers);
  expect(parseSettings({}).MCP_SERVERS).toBeUndefined();
});

test.each([
  ["{", "MCP_SERVERS must be JSON as"],
  [[], "MCP_SERVERS must be JSON as"],
  [{ a: "https://weather.example" }, "MCP_SERVERS must be JSON as"],
  [{ a: {} }, "MCP_SERVERS.a must have either a url or a command"],
  [{ a: { url: "https://a.example", command: "a" } }, "MCP_SERVERS.a must have either a url or a command"],
  [{ a: { url: "ftp://a.example" } }, "MCP_SERVERS.a.url must be an http(s) address"],
  [{ a: { command: "a", args: "b" } }, "MCP_SERVERS.a.args"],
  [{ a: { command: "a", approval: "sometimes" } }, "MCP_SERVERS.a.approval must be always or never"],
  [{ a: { command: "a", aproval: "always" } }, 'MCP_SERVERS.a Unrecognized key: "aproval"'],
  [{ "a b": { command: "a" } }, "MCP_SERVERS.a b must be named with 1 to 24 letters, digits and hyphens"],
])("what is wrong is named: %j", (servers, sentence) => {
  expect(() => parse(servers)).toThrow(`Wrong setting: ${sentence}`);
});

test("what a server is let in by is not printed", () => {
  const settings = parseSettings({
    MCP_SERVERS: JSON.stringify({
      one: {
        url: "https://me:pass-word@one.example/mcp?key=0123456789",
        headers: { Authorization: "Bearer abcdefgh" },
      },
      two: { command: "two", env: { TOKEN: "token-of-two" } },
    }),
  });
  const told = withoutSecrets(
    new Error("Refused abcdefgh, 0123456789, pass-word and token-of-two."),
    settings,
  );
  expect(told).toContain("Refused [secret], [secret], [secret] and [secret].");
});
