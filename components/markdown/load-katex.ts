import "katex/dist/katex.min.css";
import { render } from "katex";

/** Math is heavy, and most answers have none: this file is loaded with the first formula, and its style with it. */
const LIMITS = { maxSize: 20, maxExpand: 1_000 };

/**
 * Sets a formula into an element. Nothing in it leads anywhere or loads anything: to KaTeX it is not trusted. The element
 * is filled by script and not by HTML, whose `style` attributes the policy of the page would not let in.
 *
 * @returns whether it could be read
 */
export function setFormula(element: HTMLElement, source: string, display: boolean): boolean {
  const made = document.createElement("span");
  try {
    render(source, made, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: "ignore",
      ...LIMITS,
    });
  } catch {
    return false; // Half written, or wrong. What it says is shown as it was written.
  }
  element.replaceChildren(...made.childNodes);
  return true;
}
