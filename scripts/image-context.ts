import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import dockerignore from "@balena/dockerignore";
import { ROOT } from "./settings.ts";

const rules = dockerignore().add(readFileSync(join(ROOT, ".dockerignore"), "utf8"));

/** Whether .dockerignore keeps a path from who builds an image. */
export function isLeftOut(path: string): boolean {
  return rules.ignores(path);
}

/** What somebody who builds an image gets to see of this folder. */
export function imageContext(folder = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (isLeftOut(path)) return []; // Ours takes nothing back out of a folder that it leaves out.
    return entry.isDirectory() ? imageContext(path) : [path];
  });
}
