import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { makeImage } from "./make-image.ts";
import { onStopSignal } from "./on-stop-signal.ts";
import { explain, Refusal } from "./refusal.ts";

const AS_INSTALLED = "--as-installed";

onStopSignal({ stop: () => process.exit(130), leave: () => process.exit(130) });

try {
  const given = process.argv.slice(2);
  const [folder] = given.filter((word) => word !== AS_INSTALLED);
  if (!folder) throw new Refusal("Say where to: npm run image -- some/folder");
  if (existsSync(folder)) throw new Refusal(`${folder} is there already. Name a folder that is not.`);
  const image = await makeImage(resolve(folder), {
    asInstalled: given.includes(AS_INSTALLED),
    say: console.info,
  });
  console.info(`Made. In ${image.folder}: ${image.command.join(" ")}`);
  process.exit();
} catch (error) {
  explain(error);
  process.exit(1);
}
