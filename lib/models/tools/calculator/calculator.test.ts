import type { ToolExecutionOptions } from "ai";
import { expect, test } from "vitest";
import { calculate } from "./calculate.ts";
import { createCalculator } from "./calculator.ts";

test.each([
  ["2 + 3 * 4", "14"],
  ["0.1 + 0.2", "0.3"],
  ["2 * (3 + 4)^2", "98"],
  ["sqrt(2)", "1.4142135623731"],
  ["sin(pi / 2)", "1"],
  ["18!", "6402373705728000"],
  ["2^60", "1.1529215046068e+18"],
  ["7 % 4", "3"],
  ["5 km to m", "5000 m"],
  ["max(1, 2, 3) / 2", "1.5"],
])("%s is %s", (expression, result) => {
  expect(calculate(expression)).toBe(result);
});

test.each([
  ["import({ a: 1 })", "There is no function import here."],
  ['evaluate("1")', "There is no function evaluate here."],
  ['createUnit("foo")', "There is no function createUnit here."],
  ["createUnit(foo)", "There is no function createUnit here."],
  ["parse(x)", "There is no function parse here."],
  ["f(x) = x", "plain expression"],
  ["x = 3", "plain expression"],
  ["sqrt('2')", "plain expression"],
  ["[1, 2]", "plain expression"],
  ["1:1000000000", "plain expression"],
  ["ones(100000, 100000)", "There is no function ones here."],
  ["(1).constructor", "plain expression"],
  ["cos.constructor", "plain expression"],
  ["2 +", "Unexpected end of expression"],
  ["foo + 1", "Undefined symbol foo"],
])("%s is refused: %s", (expression, sentence) => {
  expect(() => calculate(expression)).toThrow(sentence);
});

const options = { toolCallId: "1", messages: [], context: {} } as unknown as ToolExecutionOptions<never>;
const ask = async (expression: string) => createCalculator().execute?.({ expression }, options);

test("it is calculated beside everything else, and what went wrong is told", async () => {
  const expression = "2 + 3 * 4";
  expect(await ask(expression)).toEqual({ expression, result: "14" });
  await expect(ask("ones(2, 2)")).rejects.toThrow("There is no function ones here.");
});

test("what does not come back is given up", async () => {
  await expect(ask("combinations(1e15, 5e14)")).rejects.toThrow("This takes too long to calculate.");
});
