import { readFile } from "node:fs/promises";
import { join } from "node:path";

const file = join(/* turbopackIgnore: true */ process.cwd(), "node_modules/mermaid/dist/mermaid.min.js");

/**
 * What draws diagrams, as it comes in its package: it never becomes part of a page, so nothing is to be built of it. Pages
 * ask for it by its version, and keep it.
 */
export async function GET(): Promise<Response> {
  return new Response(new Uint8Array(await readFile(file)), {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    },
  });
}
