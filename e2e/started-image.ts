import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ended } from "#scripts/ended";
import { freePort } from "#scripts/free-port";
import { type Image, makeImage } from "#scripts/make-image";

export type Ended = Awaited<ReturnType<typeof ended>>;

/** What the Dockerfile makes, of the packages and the build that are here. */
export async function makeTestImage(): Promise<{ image: Image; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "rejoin-image-"));
  await chmod(folder, 0o755); // Whoever runs it is somebody else.
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const image = await makeImage(join(folder, "root"), { asInstalled: true, say: nothing });
    return { image, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Runs something in an image, as it would be run there: with no more than its own environment, and as its account if we may. */
export function runIn(
  image: Image,
  [program = "", ...parameters]: string[],
  environment: Record<string, string> = {},
): ChildProcess {
  return spawn(program, parameters, {
    cwd: image.folder,
    env: { ...image.environment, ...environment } as unknown as NodeJS.ProcessEnv,
    ...(isRoot && image.user),
    // Over ipc a server learns that the process which runs the tests is gone.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

/** Only root may run something as somebody else. */
export const isRoot = process.getuid?.() === 0;

export type StartedImage = {
  url: string;
  /** Whether the image's own check finds it well. */
  isHealthy(): Promise<boolean>;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<Ended>;
};

export async function startImage(image: Image, environment: Record<string, string>): Promise<StartedImage> {
  const PORT = String(await freePort());
  const isHealthy = async () => (await ended(runIn(image, image.healthcheck, { PORT }))).code === 0;
  const child = runIn(image, image.command, { ...environment, PORT });
  return {
    url: `http://localhost:${PORT}`,
    isHealthy,
    kill: (signal) => void child.kill(signal),
    ended: ended(child),
  };
}

function nothing(): void {}
