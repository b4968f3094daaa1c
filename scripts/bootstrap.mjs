// What npm runs: `node scripts/bootstrap.mjs start|dev|test|build|vercel-build|bench|doctor|shots|icons|image`. It brings node_modules in step with
// package-lock.json, then hands over to the runtime that is pinned there. It is the one file that runs on
// whatever Node the machine has, so it is plain JavaScript and imports nothing of ours.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const OLDEST_NODE = [20, 19];
const LOOK_AGAIN_MS = 200;
const PARENT_LOOK_MS = 200;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const root = resolve(import.meta.dirname ?? ".", "..");
const bin = join(root, "node_modules/.bin");
const quiet = { NEXT_TELEMETRY_DISABLED: "1", npm_config_fund: "false", npm_config_audit: "false" };

await bootstrap(process.argv[2], process.argv.slice(3));

async function bootstrap(what, rest) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    console.error(
      `Rejoin needs Node ${OLDEST_NODE.join(".")} or newer to start; this is ${process.version}.`,
    );
    process.exit(1);
  }
  process.chdir(root);
  if (!isInstalled()) await install();
  await handOver(join(root, what === "bench" ? "bench/run.ts" : `scripts/${what}.ts`), rest);
}

// npm writes node_modules/.package-lock.json last, when all packages are there and their scripts have run.
// Packages for other systems are optional and may be missing; everything there must be the one that is locked.
function isInstalled() {
  const locked = readPackages("package-lock.json");
  const installed = readPackages("node_modules/.package-lock.json");
  if (!locked || !installed) return false;
  const isSame = (path) => installed[path].version === locked[path].version;
  return (
    Object.keys(installed).every((path) => path in locked && isSame(path)) &&
    Object.keys(locked).every((path) => path === "" || path in installed || locked[path].optional)
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return undefined; // Not there, or cut off in the middle: not installed.
  }
}

async function install() {
  const release = await takeTurn();
  try {
    if (isInstalled()) return; // Another copy did it while we waited.
    console.info("Installing packages…");
    // Without our own node_modules/.bin: npm is about to delete the Node in it.
    const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => resolve(folder) !== bin);
    const env = { ...process.env, ...quiet, PATH: path.join(delimiter) };
    const byNpm = /npm-cli\.[cm]?js$/.test(process.env.npm_execpath ?? "");
    const [program, first] = byNpm ? [process.execPath, [process.env.npm_execpath]] : ["npm", []];
    const npm = spawn(program, [...first, "ci", "--include=dev", "--loglevel=error"], {
      cwd: root,
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const code = await ended(npm);
    if (code !== 0) console.error("The packages could not be installed (npm ci failed).");
    process.exitCode = code;
  } finally {
    release();
  }
  if (process.exitCode) process.exit();
}

// Two copies that start at once on a fresh checkout must not install into each other's feet.
async function takeTurn() {
  const place = join(
    tmpdir(),
    `rejoin-install-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`,
  );
  for (;;) {
    try {
      mkdirSync(place);
      writeFileSync(join(place, "pid"), String(process.pid));
      return () => rmSync(place, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    await pause(LOOK_AGAIN_MS);
    if (!holderLives(place)) rmSync(place, { recursive: true, force: true });
  }
}

function holderLives(place) {
  try {
    process.kill(Number(readFileSync(join(place, "pid"), "utf8")), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

// The line to the child (ipc) breaks when this process is gone, however it went, and then the child stops too.
async function handOver(script, rest) {
  const child = spawn(join(bin, "node"), ["--disable-warning=ExperimentalWarning", script, ...rest], {
    cwd: root,
    env: { ...process.env, ...quiet, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  process.exit(await ended(child));
}

/** The exit code of a child that gets the signals we get. */
function ended(child) {
  const pass = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  const look = stopWithoutNpm(child);
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on("exit", (code, signal) => {
      clearInterval(look);
      for (const name of SIGNALS) process.off(name, pass);
      if (signal === null) resolve(code);
      else process.kill(process.pid, signal); // We end as it did.
    });
  });
}

// npm starts us by `exec`, so it is our parent. Whoever kills it means us, and could not reach us otherwise.
function stopWithoutNpm(child) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const npm = process.ppid;
  return setInterval(() => process.ppid === npm || child.kill("SIGTERM"), PARENT_LOOK_MS);
}
