import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

/** A pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What the server of tests has: something to look up, something that changes its notes, and a tool that fails. */
export function defineTools(server: McpServer, notes: string[]): McpServer {
  server.registerTool(
    "look_up",
    {
      title: "Look up",
      description: "Looks a word up",
      inputSchema: { word: z.string() },
      annotations: { readOnlyHint: true },
    },
    async ({ word }) => ({
      content: [
        { type: "text", text: `${word}: a word of ${word.length} letters` },
        { type: "image", data: PNG, mimeType: "image/png" },
      ],
    }),
  );
  server.registerTool(
    "write_note",
    { description: "Writes a note", inputSchema: { text: z.string() } },
    async ({ text }) => {
      notes.push(text);
      return { content: [{ type: "text", text: `Noted: ${text}` }] };
    },
  );
  server.registerTool("fail", { description: "Fails", annotations: { readOnlyHint: true } }, async () => ({
    isError: true,
    content: [{ type: "text", text: "It did not work out." }],
  }));
  return server;
}

export type FakeMcp = {
  url: string;
  /** What was written into it, in order. */
  notes: string[];
  /** The headers of the last request. */
  headers(): Record<string, unknown>;
  stop(): Promise<void>;
};

/** A server with tools, on a real port, that speaks the Model Context Protocol over HTTP. */
export async function startFakeMcp(port = 0): Promise<FakeMcp> {
  const notes: string[] = [];
  let headers: Record<string, unknown> = {};
  const http: Server = createServer(async (request, response) => {
    headers = request.headers;
    const server = defineTools(new McpServer({ name: "notes", version: "1.0.0" }), notes);
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    response.on("close", () => void server.close());
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    await transport.handleRequest(request, response);
  });
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    notes,
    headers: () => headers,
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
