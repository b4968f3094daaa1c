const FENCE = /^\s{0,3}(```|~~~)/;
const RULE = /^\s*(\|[\s:|-]*-[\s:|-]*|-{3,}|\*{3,}|_{3,})\s*$/;

/** An answer's words without the signs of markdown, for where nobody draws them. What stands in code stays as it is. */
export function plainText(markdown: string): string {
  let isCode = false;
  const lines = markdown.split("\n").flatMap((line) => {
    if (FENCE.test(line)) {
      isCode = !isCode;
      return [];
    }
    if (isCode) return [line];
    return RULE.test(line) ? [] : [plainLine(line)];
  });
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function plainLine(line: string): string {
  return withoutCode(
    line
      .replace(/^\s{0,3}#{1,6}\s+/, "")
      .replace(/^\s{0,3}(>\s?)+/, "")
      .replace(/^\s*\|(.*)\|\s*$/, (_, cells: string) =>
        cells
          .split("|")
          .map((cell) => cell.trim())
          .join("\t"),
      ),
  );
}

/** Code within a line is taken out first, since its stars are stars. */
function withoutCode(line: string): string {
  return line
    .split(/(`+[^`]+`+)/)
    .map((piece, index) => (index % 2 === 1 ? piece.replace(/^`+|`+$/g, "") : withoutSigns(piece)))
    .join("");
}

function withoutSigns(text: string): string {
  return text
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[([^\]]+)\]\(([^)\s]+)[^)]*\)/g, (_, words: string, to: string) =>
      words === to ? to : `${words} (${to})`,
    )
    .replace(/(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\p{L}\p{N}*_])/gu, "$2");
}
