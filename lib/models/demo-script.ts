import { strict as assert } from "node:assert";

const DEMO_COUNT_MAX = 100_000;
const DEMO_APART_MAX_MS = 60_000;
export const DEMO_APART_MS = 20;

assert(DEMO_APART_MS <= DEMO_APART_MAX_MS);

/** One thing the demo model does; a script is done from first to last. */
export type Act =
  | { kind: "think"; words: number; apartMs: number }
  /** `isCutShort`: what comes next breaks in, so that the text is left without its end. */
  | { kind: "count"; to: number; apartMs: number; isCutShort: boolean }
  | { kind: "say"; text: string }
  | { kind: "fail"; after: number }
  | { kind: "stall" }
  | { kind: "call"; toolName: string; input: object };

const APART = String.raw`(?:,?\s+(\d+)\s*ms\s+apart)?`;
const THINK = new RegExp(String.raw`^\s*think\s+(\d+)${APART},?\s+then\s+`, "i");
const COUNT = new RegExp(String.raw`^\s*(count\s+to|fail\s+after|stall\s+after)\s+(\d+)${APART}`, "i");

/** Prompts that are calls of a tool. */
const CALLS: { pattern: RegExp; toolName: string; input: (said: string) => object }[] = [
  {
    pattern: /^\s*what\s+time\s+is\s+it(?:\s+in\s+([\w+-]+\/[\w+/-]+))?/i,
    toolName: "current_time",
    input: (timeZone) => (timeZone === "" ? {} : { timeZone }),
  },
  { pattern: /^\s*calculate\s+(.+)/i, toolName: "calculate", input: (expression) => ({ expression }) },
  { pattern: /^\s*read\s+(https?:\/\/\S+)/i, toolName: "read_web_page", input: (url) => ({ url }) },
  { pattern: /^\s*make\s+it\s+(dark|light)\b/i, toolName: "set_theme", input: (theme) => ({ theme }) },
];
const ANY_CALL = /^\s*call\s+([\w-]+)(?:\s+(\{.*\}))?\s*$/is;

const REFUSAL =
  `The demo model counts to at most ${DEMO_COUNT_MAX.toLocaleString("en")}, ` +
  `and its chunks come at most ${DEMO_APART_MAX_MS.toLocaleString("en")} ms apart.`;

/** Reads what a prompt tells the demo model to do. `otherwise` is said when it tells nothing. */
export function scriptOf(prompt: string, otherwise: string): Act[] {
  const acts: Act[] = [];
  let rest = prompt;
  for (let think = THINK.exec(rest); think; think = THINK.exec(rest)) {
    acts.push({ kind: "think", words: Number(think[1]), apartMs: apart(think[2]) });
    rest = rest.slice(think[0].length);
  }
  acts.push(...endOf(rest, otherwise));
  return acts.every(isWithinBounds) ? acts : [{ kind: "say", text: REFUSAL }];
}

function endOf(prompt: string, otherwise: string): Act[] {
  const call = callIn(prompt);
  if (call) return [call];
  const [, order = "", number = "", apartMs] = COUNT.exec(prompt) ?? [];
  if (order === "") return [{ kind: "say", text: otherwise }];
  const to = Number(number);
  const isCutShort = !/^count/i.test(order);
  const count: Act = { kind: "count", to, apartMs: apart(apartMs), isCutShort };
  if (!isCutShort) return [count];
  return [count, /^fail/i.test(order) ? { kind: "fail", after: to } : { kind: "stall" }];
}

function callIn(prompt: string): Act | undefined {
  for (const { pattern, toolName, input } of CALLS) {
    const said = pattern.exec(prompt);
    if (said) return { kind: "call", toolName, input: input((said[1] ?? "").trim()) };
  }
  const [, toolName, text = "{}"] = ANY_CALL.exec(prompt) ?? [];
  if (toolName === undefined) return undefined;
  const input = parseInput(text);
  return input ? { kind: "call", toolName, input } : { kind: "say", text: `This is no JSON: ${text}` };
}

function parseInput(text: string): object | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function apart(ms: string | undefined): number {
  return ms === undefined ? DEMO_APART_MS : Number(ms);
}

function isWithinBounds(act: Act): boolean {
  if (act.kind === "think") return act.words <= DEMO_COUNT_MAX && act.apartMs <= DEMO_APART_MAX_MS;
  if (act.kind === "count") return act.to <= DEMO_COUNT_MAX && act.apartMs <= DEMO_APART_MAX_MS;
  return true;
}
