import { copyFile, cp, mkdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { filesOfStart } from "./files-of-start.ts";
import { explain, Refusal } from "./refusal.ts";
import { ROOT } from "./settings.ts";

/** Next's own way to start, which would know nothing of ours; and what it takes along of the settings of this machine. */
const NOT_RUN = /^(server\.js|\.env.*)$/;

try {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Refusal("Say which folder to gather in.");
  await gather(resolve(folder));
} catch (error) {
  explain(error);
  process.exitCode = 1;
}

/** Gathers in one folder all that runs, and nothing else: the build, what the start stands on, and the packages of both. */
async function gather(folder: string): Promise<void> {
  const standalone = join(ROOT, ".next/standalone");
  await cp(standalone, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => dirname(path) !== standalone || !NOT_RUN.test(basename(path)),
  });
  for (const part of [".next/static", "public"]) {
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  for (const file of await filesOfStart()) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(join(ROOT, file), join(folder, file));
  }
}
