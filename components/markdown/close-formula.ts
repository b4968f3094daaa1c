/** Closes what a formula that is being written has open, so that as much of it can be set as is there. */
export function closeFormula(source: string): string {
  const whole = source.replace(/\\(?:[a-zA-Z]*)$|\\(?:begin|end|left|right)\s*\{?[a-zA-Z*]*$|[\^_]$/, "");
  const open: string[] = [];
  for (const [, named, braced, kept, brace] of whole.matchAll(
    /\\(begin|end)\s*\{([^}]*)\}|\\(left|right)(?![a-zA-Z])|\\[\s\S]|([{}])/g,
  )) {
    if (named === "begin") open.push(`\\end{${braced}}`);
    else if (kept === "left") open.push("\\right.");
    else if (brace === "{") open.push("}");
    else if (named || kept || brace) open.pop();
  }
  return whole + open.reverse().join("");
}
