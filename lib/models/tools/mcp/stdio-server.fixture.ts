import { writeFileSync } from "node:fs";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { defineTools } from "./fake-mcp.ts";

// The server of tests as a program of its own. It says who it is, where a test wants to see whether it is still there.
const [, , pidFile] = process.argv;
if (pidFile) writeFileSync(pidFile, String(process.pid));
await defineTools(new McpServer({ name: "notes", version: "1.0.0" }), []).connect(new StdioServerTransport());
