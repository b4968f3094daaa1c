import { createRequire } from "node:module";
import type { MathNode } from "mathjs";

const require = createRequire(import.meta.url);
// All of it in one file, which is loaded ten times as fast as its thousand modules.
const { all, create }: typeof import("mathjs") = require("mathjs/lib/browser/math.js");

/** Beyond these digits a floating-point number says nothing true. */
const DIGITS = 14;

/** What may stand in an expression besides numbers and units. None of them makes a list or a function. */
const FUNCTIONS = new Set(
  `abs acos acosh acot acsc asec asin asinh atan atan2 atanh cbrt ceil combinations cos cosh cot csc exp expm1 factorial
  fix floor gamma gcd hypot lcm log log10 log1p log2 max mean median min mod nthRoot permutations pow round sec sign
  sin sinh sqrt square std sum tan tanh variance`.split(/\s+/),
);
const NODES = new Set(["ConstantNode", "FunctionNode", "OperatorNode", "ParenthesisNode", "SymbolNode"]);
/** What mathjs itself advises to take away where anybody may write expressions. */
const DISABLED = [
  "import",
  "createUnit",
  "reviver",
  "evaluate",
  "parse",
  "simplify",
  "derivative",
  "resolve",
];

const math = create(all ?? {});
const { parse, format } = math;
const refuse = () => {
  throw new Error("This function is not there.");
};
math.import(Object.fromEntries(DISABLED.map((name) => [name, refuse])), { override: true });

/** What a plain expression comes to. Throws a sentence for what is none. */
export function calculate(expression: string): string {
  const node = parse(expression);
  mustBePlain(node);
  const value: unknown = node.compile().evaluate({});
  return Number.isSafeInteger(value) ? String(value) : format(value, { precision: DIGITS });
}

function mustBePlain(root: MathNode): void {
  root.traverse((node) => {
    if (!NODES.has(node.type) || isText(node)) {
      throw new Error("Write a plain expression of numbers, units and functions.");
    }
    const name = isFunction(node) ? node.fn.name : undefined;
    if (name !== undefined && !FUNCTIONS.has(name)) throw new Error(`There is no function ${name} here.`);
  });
}

function isFunction(node: MathNode): node is MathNode & { fn: { name: string } } {
  return node.type === "FunctionNode";
}

const isText = (node: MathNode): boolean => "value" in node && typeof node.value === "string";
