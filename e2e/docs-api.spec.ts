import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "@playwright/test";
import { failures } from "#lib/errors";
import { PINNED_NODE, ROOT } from "#scripts/settings";
import { test } from "./fixtures.ts";
import { makeKey } from "./sdk-client.ts";
import { countTo } from "./stored.ts";

// What the page on the API tells people to run is run here, as it stands.

const page = readFileSync(join(ROOT, "docs/api.md"), "utf8");
const examples = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));
const of = (wanted: string) => examples.filter(({ language }) => language === wanted).map(({ code }) => code);

/** What each shell example must print, in the order of the page. */
const SAID = [
  /"parts":\[.*"text":"1 2 3 4 5".*"status":"completed"/s,
  /^retry: 1000\n[\s\S]*"delta":"1[\s\S]*"status":"completed"[\s\S]*\ndata: \[DONE\]\n\n$/,
  /\nid: 1\ndata: \{"first":1,[\s\S]*event: caught-up\n[\s\S]*\ndata: \[DONE\]\n\n$/,
  /^retry: 1000\n\nid: \d+\ndata: \{"first":4,[\s\S]*\ndata: \[DONE\]\n\n$/,
  /^\{"entries":\[\{"first":4,.*"generating":false\}$/s,
  /^\{"generation":\{.*"status":"cancelled"/s,
];

test("the shell examples, from top to bottom in one bash", async ({ server, api }) => {
  const said = await run("bash", of("sh").join(`printf '%s' '${CUT}'\n`), {
    REJOIN_URL: server.url,
    REJOIN_KEY: await makeKey(api),
  });
  const answers = said.split(CUT);
  expect(answers).toHaveLength(SAID.length);
  for (const [index, wanted] of SAID.entries()) expect(answers[index]).toMatch(wanted);
});

const PROGRAMS = [
  ["js", PINNED_NODE, ["--input-type=module"], 2],
  ["python", "python3", ["-"], 1],
] as const;

for (const [language, program, args, count] of PROGRAMS) {
  test(`the ${language} examples, each a program that prints the whole answer`, async ({ server, api }) => {
    expect(of(language)).toHaveLength(count);
    for (const code of of(language)) {
      const env = { REJOIN_URL: server.url, REJOIN_KEY: await makeKey(api) };
      expect((await run(program, code, env, args)).trim()).toBe(countTo(40));
    }
  });
}

test("the page names every code that an error can have", () => {
  const inside = ["lease-lost"]; // Told to workers, and never to who asks.
  const codes = Object.keys(failures).filter((code) => !inside.includes(code));
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});

const CUT = "<<< the next example >>>";

/** Runs code as a process of its own, given on its standard input, and gives what it printed. */
async function run(
  program: string,
  code: string,
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<string> {
  const path = `${dirname(PINNED_NODE)}:${process.env.PATH}`;
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env, PATH: path } });
  let printed = "";
  let complaints = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  child.stdin.end(program === "bash" ? `set -euo pipefail\n${code}` : code);
  const status = await new Promise((resolve, reject) => {
    // Not there is not a reason to pass: these examples are for people who have it.
    child.once("error", (cause) => reject(new Error(`${program} is needed to run the examples`, { cause })));
    child.once("close", resolve);
  });
  expect({ status, complaints }, printed).toEqual({ status: 0, complaints: "" });
  return printed;
}
