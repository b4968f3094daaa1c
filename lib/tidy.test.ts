import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { parseAst } from "vitest/node";

const root = join(import.meta.dirname, "..");
const sources = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx", "*.mjs"],
  {
    cwd: root,
    encoding: "utf8",
  },
)
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(root, path)))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
const product = sources.filter(
  ({ path }) =>
    !/\.test\.tsx?$|\.fixture\.ts$|\/test-[^/]+$|^lib\/simulation\/|\/fake-[^/]+$|^(e2e|scripts|bench)\//.test(
      path,
    ),
);

/** What is written with the same care, and runs beside the product. */
const measured = sources.filter(({ path }) => /^bench\//.test(path) && !/\.test\.ts$/.test(path));

/** Who may import whom. `lib` alone stands for the files directly in it that every server folder stands on. */
const foundations = [
  "lib/asker",
  "lib/awake",
  "lib/env",
  "lib/mcp-servers",
  "lib/errors",
  "lib/moments",
  "lib/postgres-url",
  "lib/process",
  "lib/open-lines",
  "lib/repeat",
  "lib/traced",
  "lib/vercel",
];
const mayImport: Record<string, readonly string[]> = {
  app: [
    "components",
    "lib/http",
    "lib/files",
    "lib/conversations",
    "lib/generations",
    "lib/accounts",
    "lib/client",
    "lib/protocol",
    "lib/server",
    "package.json",
  ],
  components: ["lib/client", "lib/protocol"],
  "lib/protocol": [],
  "lib/client": ["lib/protocol"],
  "lib/awake": [],
  "lib/database": ["drizzle"],
  drizzle: ["lib/protocol"],
  "lib/log": ["lib/database", "lib/protocol", "drizzle"],
  "lib/messages": ["lib/database", "lib/protocol", "drizzle"],
  "lib/files": ["lib/accounts", "lib/database", "lib/protocol", "drizzle"],
  "lib/models": ["lib/protocol"],
  "lib/observe": ["lib/statement-error", "lib/without-secrets"],
  "lib/accounts": ["lib/log", "lib/database", "lib/protocol", "drizzle"],
  "lib/generations": ["lib/log", "lib/messages", "lib/database", "lib/protocol", "drizzle"],
  "lib/conversations": [
    "lib/generations",
    "lib/files",
    "lib/messages",
    "lib/models",
    "lib/accounts",
    "lib/log",
    "lib/database",
    "lib/protocol",
    "drizzle",
  ],
  "lib/http": [
    "lib/conversations",
    "lib/generations",
    "lib/accounts",
    "lib/log",
    "lib/database",
    "lib/protocol",
    "lib/server",
  ],
};

function folderOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  if (first !== "lib") return first;
  return `lib/${second.replace(/\.tsx?$/, "")}`;
}

function importsOf({ path, text }: { path: string; text: string }): string[] {
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
  return named
    .filter((name) => name.startsWith("#") || name.startsWith("."))
    .map((name) => name.replace(/^#words\//, "#components/words/"))
    .map((name) => (name.startsWith("#") ? name.slice(1) : relative(root, join(root, dirname(path), name))));
}

test("imports run one way", () => {
  const upward = product.flatMap((source) => {
    const folder = folderOf(source.path);
    const allowed = mayImport[folder];
    if (!allowed) return [];
    return importsOf(source)
      .map(folderOf)
      .filter((target) => target !== folder && !allowed.includes(target) && !foundations.includes(target))
      .map((target) => `${source.path} imports ${target}`);
  });
  expect(upward).toEqual([]);
});

test("benches stand on the product, and nothing stands on them", () => {
  const sins = sources.flatMap((source) => {
    const isBench = folderOf(source.path) === "bench";
    return importsOf(source)
      .filter((name) =>
        folderOf(name) === "bench" ? !isBench : isBench && !/^(lib|drizzle|e2e|scripts)\//.test(name),
      )
      .map((name) => `${source.path} imports ${name}`);
  });
  expect(sins).toEqual([]);
});

test("what the browser runs stands on the protocol alone", () => {
  const server = product
    .filter(({ path }) => /^(components|lib\/client|lib\/protocol)\//.test(path))
    .flatMap((source) =>
      importsOf(source)
        .filter((name) => /^(lib\/(env|moments|process|server)|drizzle)/.test(name))
        .map((name) => `${source.path} imports ${name}`),
    );
  expect(server).toEqual([]);
});

/** Said once, in one place, for a reason. */
const rules = [
  { pattern: /\bglobalThis\b/, except: ["lib/process.ts"], because: "one file pins things to the process" },
  {
    pattern: /\bprocess\.env\b/,
    except: ["lib/env.ts", "instrumentation.ts", "playwright.config.ts"],
    because: "settings are parsed once",
  },
  { pattern: /catch\s*(\([^)]*\))?\s*\{\s*\}/, except: [], because: "a failure is handled or let go" },
  {
    pattern: /\.catch\(\(\)\s*=>\s*\{\s*\}\)/,
    except: [],
    because: "a failure is handled or let go",
  },
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, except: [], because: "what is to be done is an issue" },
  {
    pattern: /@ts-(ignore|nocheck|expect-error)|biome-ignore|eslint-disable/,
    except: [],
    because: "a rule is kept or removed",
  },
  {
    pattern: /\binArray\b/,
    except: [],
    because: "a prepared statement is kept for every length that its list ever had",
  },
  { pattern: /\bas any\b|: any[;,)=\]]/, except: [], because: "parse at the edge" },
];

test.each(rules)("$because: $pattern", ({ pattern, except }) => {
  const sins = [...product, ...measured]
    .filter(({ path, text }) => !except.includes(path) && pattern.test(text))
    .map(({ path }) => path);
  expect(sins).toEqual([]);
});

/** The words of the table in docs, and what things are never called. */
const banned = [
  /\bthread(s|Id)?\b/i,
  /\b(chat|stream|session|room)Id\b/,
  /\bcursor\b(?!-)/i,
  /\bhydrat(e|ion)\b/i,
  /\bfinalize\b/i,
];

test.each(banned)("one word for one thing: never %s", (pattern) => {
  const sins = [...product, ...measured].flatMap(({ path, text }) => {
    const code = text.replace(/className="[^"]*"|"[^"]*cursor-[^"]*"/g, "");
    return pattern.test(code) ? [path] : [];
  });
  expect(sins).toEqual([]);
});

/** Of what a component writes, that which is read or heard. */
const SAID = /^(aria-label|aria-description|title|placeholder|alt|label|detail|hint|about)$/;

type Node = { type: string; [field: string]: unknown };
const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value;

/** The words that an expression comes to, as far as they stand in it. */
function wordsIn(node: unknown): string[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case "Literal":
    case "JSXText":
      return typeof node.value === "string" && /\p{L}/u.test(node.value) ? [node.value] : [];
    case "TemplateLiteral":
      return (node.quasis as { value: { raw: string } }[])
        .map(({ value }) => value.raw)
        .filter((text) => /\p{L}/u.test(text));
    case "JSXExpressionContainer":
      return wordsIn(node.expression);
    case "ConditionalExpression":
      return [...wordsIn(node.consequent), ...wordsIn(node.alternate)];
    case "LogicalExpression":
      return [...wordsIn(node.left), ...wordsIn(node.right)];
    default:
      return [];
  }
}

/** All words between tags and in attributes that are read or heard. */
function literalsIn(node: Node): string[] {
  const own =
    node.type === "JSXElement" || node.type === "JSXFragment"
      ? (node.children as unknown[]).flatMap(wordsIn)
      : node.type === "JSXAttribute" && SAID.test(String((node.name as { name: unknown }).name))
        ? wordsIn(node.value)
        : [];
  const within = Object.values(node).flat().filter(isNode).flatMap(literalsIn);
  return [...own, ...within];
}

test("what the page says stands in components/words", () => {
  const sins = product
    .filter(({ path }) => /^(app|components)\/.*\.tsx$/.test(path))
    .flatMap(({ path, text }) => {
      const tree = parseAst(text, { lang: "tsx" }) as unknown as Node;
      return literalsIn(tree).map((words) => `${path}: ${words.trim()}`);
    });
  expect(sins).toEqual([]);
});

test("no drawers: a file is named for what it holds", () => {
  expect(
    sources
      .map(({ path }) => path)
      .filter((path) => /\/(utils?|helpers?|misc|common|types|index)\.tsx?$/.test(path)),
  ).toEqual([]);
});

test("no test is left alone, skipped, or put to sleep", () => {
  const tests = sources.filter(
    ({ path }) => /\.(test|spec)\.tsx?$/.test(path) && path !== "lib/tidy.test.ts",
  );
  const sins = tests
    .filter(({ text }) => /\b(test|it|describe)\.(only|skip|todo)\b|waitForTimeout/.test(text))
    .map(({ path }) => path);
  expect(sins).toEqual([]);
});

test("files stay small", () => {
  const long = sources
    .filter(({ text, path }) => !/\.(test|spec)\.tsx?$/.test(path) && text.split("\n").length > 250)
    .map(({ path }) => path);
  expect(long).toEqual([]);
});
