import { z } from "zod";

/** Part of the names of tools, which providers limit to these letters. */
const NAME = /^[a-z0-9-]{1,24}$/i;

const shared = {
  /** Whether a person is asked before each call. Unset: before every call of a tool that may change something. */
  approval: z.enum(["always", "never"], "must be always or never").optional(),
};
const texts = z.record(z.string(), z.string());

const remote = z.strictObject({
  type: z.literal("http").optional(),
  url: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }),
  headers: texts.optional(),
  ...shared,
});
const local = z.strictObject({
  type: z.literal("stdio").optional(),
  command: z.string().min(1),
  args: z.array(z.string()).optional(),
  env: texts.optional(),
  ...shared,
});

export type McpServerSettings = z.infer<typeof remote> | z.infer<typeof local>;
export type McpServers = Record<string, McpServerSettings>;

const EXAMPLE = '{"weather":{"url":"https://weather.example/mcp"}}';

/** Whose tools there are besides our own, as other programs write it: by name, `{ url }` or `{ command }`. */
export const mcpServers = z.string().transform((text, context): McpServers => {
  const refuse = (message: string, path: PropertyKey[] = []): McpServers => {
    context.addIssue({ code: "custom", message, path: path.map(String) });
    return z.NEVER;
  };
  const servers = z.record(z.string(), z.looseObject({})).safeParse(parseJson(text)).data;
  if (!servers) return refuse(`must be JSON as ${EXAMPLE}`);
  const parsed: McpServers = {};
  for (const [name, server] of Object.entries(servers)) {
    if (!NAME.test(name)) return refuse("must be named with 1 to 24 letters, digits and hyphens", [name]);
    const isRemote = "url" in server;
    if (isRemote === "command" in server) return refuse("must have either a url or a command", [name]);
    const { data, error } = isRemote ? remote.safeParse(server) : local.safeParse(server);
    const [wrong] = error?.issues ?? [];
    if (!data) return refuse(wrong?.message ?? "is not understood", [name, ...(wrong?.path ?? [])]);
    parsed[name] = data;
  }
  return parsed;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What must not be printed of them. */
export function secretsOf(servers: McpServers): string[] {
  return Object.values(servers).flatMap((server) => {
    if (!("url" in server)) return Object.values(server.env ?? {});
    const headers = Object.values(server.headers ?? {});
    // A header says how its secret is meant before it: `Bearer …`.
    return [
      ...headers,
      ...headers.map((header) => header.split(" ").at(-1) ?? ""),
      ...secretsIn(new URL(server.url)),
    ];
  });
}

function secretsIn({ password, searchParams }: URL): string[] {
  return [password, decodeURIComponent(password), ...searchParams.values()];
}
