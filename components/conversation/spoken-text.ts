/** Of what is longer, so much is looked at for each character that is wanted: signs and addresses fall away. */
const LOOKED_AT_TIMES = 4;

/**
 * Markdown as it is read aloud: its words, without its signs. What is longer than `maxLength` ends between two words,
 * with `more` after it. Only as much is looked at as is needed, however long the text is.
 */
export function spokenText(
  markdown: string,
  { maxLength, code, more }: { maxLength: number; code: string; more: string },
): string {
  const looked = markdown.slice(0, maxLength * LOOKED_AT_TIMES);
  const plain = looked
    .replace(/^(```|~~~)[^\n]*\n[\s\S]*?(?:^\1[^\n]*$|(?![\s\S]))/gm, ` ${code} `)
    .replace(/!?\[([^[\]\n]*)\]\([^()\n]*\)/g, "$1")
    .replace(/<[a-z/!][^<>\n]*>/gi, " ")
    .replace(/^\s*\|?[\s:|-]*-{3,}[\s:|-]*$/gm, " ")
    .replace(/^\s*(#{1,6}\s|>\s?|[-*+]\s|\d+[.)]\s)/gm, "")
    .replace(/\s*\|\s*/g, " ")
    .replace(/[*~`]{1,3}(?=\S)|(?<=\S)[*~`]{1,3}/g, "")
    .replace(/(?<!\w)_{1,3}(?=\w)|(?<=\S)_{1,3}(?!\w)/g, "")
    .replace(/\s+/g, " ")
    .trim();
  if (plain.length <= maxLength && looked.length === markdown.length) return plain;
  const cut = plain.slice(0, maxLength);
  const end = cut.lastIndexOf(" ");
  return `${end > 0 && plain.length > maxLength ? cut.slice(0, end) : cut}${more}`;
}
