import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { bringInstalled } from "./bring-installed.ts";
import { readDockerfile, type Stage, type Step } from "./dockerfile.ts";
import { ended } from "./ended.ts";
import { imageContext } from "./image-context.ts";
import { linkFile, linkTree } from "./link-tree.ts";
import { Refusal } from "./refusal.ts";
import { PINNED_NODE, ROOT } from "./settings.ts";

/** What an image is: files below a root, and how to start them. */
export type Image = {
  root: string;
  folder: string;
  environment: Record<string, string>;
  user: { uid: number; gid: number } | undefined;
  command: string[];
  healthcheck: string[];
};

type Making = {
  /** Takes packages and a build that are here already, where they are what the steps would make. */
  asInstalled: boolean;
  say(line: string): void;
};

/** Does the steps of the Dockerfile in a folder, which takes the place of what Docker would begin with. */
export async function makeImage(root: string, making: Making): Promise<Image> {
  const made = new Map<string, Image>();
  const stages = readDockerfile();
  const last = stages.length - 1;
  const before = `${root}.stages`;
  try {
    for (const [index, stage] of stages.entries()) {
      const place = index === last ? root : join(before, stage.name ?? String(index));
      made.set(stage.name ?? String(index), await makeStage(stage, place, made, making));
    }
  } finally {
    rmSync(before, { recursive: true, force: true });
  }
  return made.get(stages[last]?.name ?? String(last)) as Image;
}

async function makeStage(
  stage: Stage,
  root: string,
  made: Map<string, Image>,
  making: Making,
): Promise<Image> {
  const image: Image = {
    root,
    folder: root,
    environment: baseOf(stage.image, root),
    user: undefined,
    command: [],
    healthcheck: [],
  };
  for (const step of stage.steps) await take(step, image, made, making);
  return image;
}

/** Of what images of Node hold, the one file that we need. The rest is this machine's. */
function baseOf(name: string, root: string): Record<string, string> {
  const wanted = `node:${process.versions.node}-slim`;
  if (name !== wanted)
    throw new Refusal(`The Dockerfile begins with ${name}, and package-lock.json with ${wanted}.`);
  const programs = join(root, "usr/local/bin");
  mkdirSync(programs, { recursive: true });
  linkFile(realpathSync(PINNED_NODE), join(programs, "node"));
  chmodSync(root, 0o755);
  return { PATH: `${programs}:${process.env.PATH}` };
}

async function take(step: Step, image: Image, made: Map<string, Image>, making: Making): Promise<void> {
  switch (step.kind) {
    case "workdir":
      image.folder = join(image.root, step.path);
      mkdirSync(image.folder, { recursive: true });
      return;
    case "environment":
      Object.assign(image.environment, step.variables);
      return;
    case "copy": {
      const to = resolve(image.folder, step.to);
      if (step.from === undefined) return copyContext(step.sources, to);
      const root = made.get(step.from)?.root ?? "";
      for (const source of step.sources) linkTree(join(root, source), to);
      return;
    }
    case "run":
      making.say(step.command);
      return run(step.command, image, making);
    case "user":
      image.user = { uid: step.uid, gid: step.gid };
      return;
    default:
      image[step.kind] = step.command;
  }
}

function copyContext(sources: string[], to: string): void {
  const wanted = imageContext().filter((file) => sources.includes(".") || sources.includes(file));
  for (const file of wanted) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(to, file));
  }
}

async function run(command: string, image: Image, { asInstalled }: Making): Promise<void> {
  if (asInstalled && command.startsWith("npm ci ")) return bringInstalled(image.folder);
  const child = spawn("/bin/sh", ["-c", command], {
    cwd: image.folder,
    // A registry is reached as from here: by a proxy, with certificates of one's own.
    env: { ...process.env, ...image.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { code, output } = await ended(child);
  if (code !== 0) throw new Refusal(`${output.trim()}\nThis step failed: ${command}`);
}
