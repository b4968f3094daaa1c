const SYLLABLES = [
  "ba",
  "ro",
  "ti",
  "shen",
  "ku",
  "la",
  "mor",
  "i",
  "ven",
  "da",
  "so",
  "qua",
  "pel",
  "u",
  "nir",
  "thes",
];

/** The words of a made-up answer: as long as a model's tokens are, a space and four or five letters, always the same. */
export function tokenAt(index: number): string {
  const mixed = Math.imul(index + 1, 2_654_435_761) >>> 0;
  const syllable = (shift: number) => SYLLABLES[(mixed >>> shift) % SYLLABLES.length];
  return ` ${syllable(4)}${syllable(12)}`;
}
