import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Copy,
  DockerfileParser,
  type Env,
  type From,
  type Instruction,
  type JSONInstruction,
} from "dockerfile-ast";
import { Refusal } from "./refusal.ts";
import { ROOT } from "./settings.ts";

export type Step =
  | { kind: "workdir"; path: string }
  | { kind: "environment"; variables: Record<string, string> }
  | { kind: "copy"; from: string | undefined; sources: string[]; to: string }
  | { kind: "run"; command: string }
  | { kind: "user"; uid: number; gid: number }
  | { kind: "healthcheck"; command: string[] }
  | { kind: "command"; command: string[] };

export type Stage = { name: string | undefined; image: string; steps: Step[] };

/** What our Dockerfile says: its stages, the last of which is what an image holds. */
export function readDockerfile(): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(
    readFileSync(join(ROOT, "Dockerfile"), "utf8"),
  ).getInstructions()) {
    if (instruction.getKeyword() === "FROM") {
      const from = instruction as From;
      stages.push({ name: from.getBuildStage() ?? undefined, image: from.getImage() ?? "", steps: [] });
    } else if (instruction.getKeyword() !== "EXPOSE") {
      stages.at(-1)?.steps.push(stepOf(instruction));
    }
  }
  return stages;
}

/** Only what stands in our Dockerfile is known: anything more would be a Docker of our own. */
function stepOf(instruction: Instruction): Step {
  const words = instruction.getArguments().map((argument) => argument.getValue());
  const text = instruction.getArgumentsContent() ?? "";
  switch (instruction.getKeyword()) {
    case "WORKDIR":
      return { kind: "workdir", path: text };
    case "ENV": {
      const variables = (instruction as Env).getProperties().map((one) => [one.getName(), one.getValue()]);
      return { kind: "environment", variables: Object.fromEntries(variables) };
    }
    case "COPY": {
      const from = (instruction as Copy).getFromFlag()?.getValue() ?? undefined;
      if ((instruction as Copy).getFlags().length > (from ? 1 : 0)) break;
      return { kind: "copy", from, sources: words.slice(0, -1), to: words.at(-1) ?? "" };
    }
    case "RUN":
      return { kind: "run", command: text };
    case "USER": {
      const [uid, gid] = text.split(":").map(Number);
      if (!uid || !gid) break;
      return { kind: "user", uid, gid };
    }
    case "HEALTHCHECK":
      return { kind: "healthcheck", command: JSON.parse(text.replace(/^CMD\s+/, "")) };
    case "CMD": {
      const command = (instruction as JSONInstruction).getJSONStrings().map((word) => word.getJSONValue());
      return { kind: "command", command };
    }
  }
  throw new Refusal(`Without Docker this step of the Dockerfile cannot be done: ${instruction}`);
}
