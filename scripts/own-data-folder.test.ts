import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ended } from "./ended.ts";
import { ownDataFolder, ownDataFolderIfFree } from "./own-data-folder.ts";

const module = join(import.meta.dirname, "own-data-folder.ts");
const folder = mkdtempSync(join(tmpdir(), "rejoin-own-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a folder has one owner, who loses it only by ending, be it by a kill", async () => {
  const other = await ownerElsewhere();
  expect(ownDataFolderIfFree(folder)).toBeUndefined();
  await expect(ownDataFolder(folder, 200)).rejects.toThrow(
    `Rejoin already runs from this folder (pid ${other.pid}). Stop it, or give this copy another DATA_DIR.`,
  );
  const gone = once(other, "exit");
  other.kill("SIGKILL");
  await gone;
  const owned = await ownDataFolder(folder);
  owned.release();
});

test("whoever comes while the owner is on its way out gets the folder after it", async () => {
  const other = await ownerElsewhere();
  const waiting = ownDataFolder(folder);
  other.kill("SIGKILL");
  (await waiting).release();
});

// Only root may mount.
test.runIf(process.platform === "linux" && process.getuid?.() === 0)(
  "on a file system that is only read, who can do without a folder has none",
  async () => {
    const readOnly = mkdtempSync(join(folder, "read-only-"));
    const code = `import { ownDataFolderIfFree } from ${JSON.stringify(module)};
      process.exit(ownDataFolderIfFree(${JSON.stringify(join(readOnly, "data"))}) === undefined ? 7 : 1);`;
    const look = 'mount -t tmpfs -o ro none "$1" && exec "$2" --input-type=module -e "$3"';
    const child = spawn("unshare", ["--mount", "sh", "-c", look, "sh", readOnly, process.execPath, code], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    expect(await ended(child)).toEqual({ code: 7, output: "" });
  },
);

async function ownerElsewhere() {
  const code = `import { ownDataFolderIfFree } from ${JSON.stringify(module)};
    process.owned = ownDataFolderIfFree(${JSON.stringify(folder)});
    process.send(process.owned !== undefined);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  expect(await once(child, "message")).toEqual([true, undefined]);
  return child;
}
