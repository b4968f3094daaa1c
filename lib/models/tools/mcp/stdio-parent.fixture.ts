import { createMoments } from "#lib/moments";
import { createMcpServer } from "./mcp-server.ts";

// A process that has a server as its child, for a test to kill. It says when the tools are there.
setInterval(() => {}, 60_000);
const [, , fixture = "", pidFile = ""] = process.argv;
const server = createMcpServer({
  name: "notes",
  settings: { command: process.execPath, args: [fixture, pidFile] },
  moments: createMoments(),
});
server.start();
await server.asked;
process.stdout.write(Object.keys(server.tools()).join());
