import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ended } from "./ended.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

test("what is installed is not installed again, and the exit code is passed on", async () => {
  const root = checkout();
  install(root, "1.0.0");
  expect(await bootstrap(root)).toEqual({ code: 7, output: "hello world\n" });
});

test("packages that differ from the lock are installed first", async () => {
  const root = checkout();
  install(root, "0.9.0");
  expect((await bootstrap(root)).output).toBe("Installing packages…\nhello world\n");
  expect((await bootstrap(root)).output).toBe("hello world\n");
});

test("two copies that start at once on a fresh checkout install once", async () => {
  const root = checkout();
  const outputs = await Promise.all([bootstrap(root), bootstrap(root)]);
  expect(outputs.map(({ output }) => output).sort()).toEqual([
    "Installing packages…\nhello world\n",
    "hello world\n",
  ]);
});

test("an installation that fails is the end of it", async () => {
  const root = checkout();
  writeFileSync(join(root, "npm-cli.js"), "process.exit(3)");
  const { code, output } = await bootstrap(root);
  expect(code).toBe(3);
  expect(output).toContain("npm ci failed");
});

/** A checkout of a small product: one package is locked, and `npm ci` puts it there. */
function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), "rejoin-bootstrap-"));
  folders.push(root);
  mkdirSync(join(root, "scripts"));
  copyFileSync(join(import.meta.dirname, "bootstrap.mjs"), join(root, "scripts/bootstrap.mjs"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, "package-lock.json"), lock("1.0.0"));
  const hello = "const who: string = process.argv[2] ?? ''; console.info('hello', who); process.exit(7);";
  writeFileSync(join(root, "scripts/hello.ts"), hello);
  const npm = `import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
    mkdirSync("node_modules/.bin", { recursive: true });
    symlinkSync(process.execPath, "node_modules/.bin/node");
    writeFileSync("node_modules/.package-lock.json", ${JSON.stringify(lock("1.0.0"))});`;
  writeFileSync(join(root, "npm-cli.js"), npm);
  return root;
}

function install(root: string, version: string): void {
  mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
  writeFileSync(join(root, "node_modules/.package-lock.json"), lock(version));
  if (version === "1.0.0") symlinkSync(process.execPath, join(root, "node_modules/.bin/node"));
}

function lock(version: string): string {
  return JSON.stringify({
    packages: { "node_modules/here": { version }, "node_modules/elsewhere": { version, optional: true } },
  });
}

function bootstrap(root: string): ReturnType<typeof ended> {
  const script = join(root, "scripts/bootstrap.mjs");
  return ended(
    spawn(process.execPath, [script, "hello", "world"], {
      env: { NODE_ENV: "test", PATH: process.env.PATH, npm_execpath: join(root, "npm-cli.js") },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}
