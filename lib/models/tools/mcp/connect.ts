import { createMCPClient, type MCPClient, type MCPTransport } from "@ai-sdk/mcp";
import { StdioMCPTransport } from "@ai-sdk/mcp/mcp-stdio";
import type { McpServerSettings } from "#lib/mcp-servers";
import { ASK_MAX_MS } from "./limits.ts";

/**
 * Says hello to a server. A program is started for it, and ends with the client: it is told to, and its standard input
 * closes, also when this process is killed.
 *
 * @param onLost told when a program has ended by itself
 */
export async function connect({
  name,
  settings,
  signal,
  onLost,
}: {
  name: string;
  settings: McpServerSettings;
  signal: AbortSignal;
  onLost(): void;
}): Promise<MCPClient> {
  const shared = { clientName: name, initializationOptions: { signal, timeout: ASK_MAX_MS } };
  if ("url" in settings) {
    const { url, headers = {} } = settings;
    return createMCPClient({ ...shared, transport: { type: "http", url, headers, redirect: "error" } });
  }
  const { command, args = [], env = {} } = settings;
  const transport: MCPTransport = new StdioMCPTransport({ command, args, env });
  const client = await createMCPClient({ ...shared, transport });
  const ended = transport.onclose;
  transport.onclose = () => {
    ended?.();
    onLost();
  };
  return client;
}
