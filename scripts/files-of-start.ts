import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { nodeFileTrace } from "@vercel/nft";
import { ROOT } from "./settings.ts";

/** What is started by its path. All else is imported by these. */
const ENTRIES = ["scripts/start.ts", "lib/models/tools/**/*.worker.ts"];
/** Next traces itself, the runtime is not ours to bring, and the tables as they were are for whoever changes them. */
const NOT_OURS = /^node_modules\/(next|node|\.bin)\/|^drizzle\/migrations\/meta\/.*_snapshot\.json$/;

/** All files that our own start and its workers load, ours and those of packages: paths from the root of the project. */
export async function filesOfStart(): Promise<string[]> {
  const { fileList } = await nodeFileTrace(
    globSync(ENTRIES, { cwd: ROOT }).map((file) => join(ROOT, file)),
    { base: ROOT, ignore: (path) => NOT_OURS.test(path), readFile: readAsJavaScript },
  );
  return [...fileList];
}

// Node runs our files as they are, and so they are read here: with their types taken out.
async function readAsJavaScript(path: string): Promise<string | null> {
  const text = await readIfThere(path);
  return text !== null && /\.ts$/.test(path) ? stripTypeScriptTypes(text) : text;
}

/** The tracer tries names as Node does. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}
