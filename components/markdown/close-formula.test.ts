import { renderToString } from "katex";
import { expect, test } from "vitest";
import { closeFormula } from "./close-formula.ts";

const FORMULA = String.raw`\begin{pmatrix} \frac{a_{1}}{b^{2}} & \left( \sqrt[3]{x} \right) \\ \text{if } y & \sum_{i=1}^n \end{pmatrix} = \{ z \}`;

test("a formula can be set at nearly every letter that it grows by", () => {
  const failed = Array.from(FORMULA, (_, index) => closeFormula(FORMULA.slice(0, index + 1))).filter(
    (source) => !isFormula(source),
  );
  expect(failed.length).toBeLessThan(FORMULA.length / 8);
  expect(closeFormula(FORMULA)).toBe(FORMULA);
});

function isFormula(source: string): boolean {
  try {
    return renderToString(source, { strict: "ignore" }) !== "";
  } catch {
    return false;
  }
}
