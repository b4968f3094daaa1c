import remarkMath from "remark-math";
import { type BlockProps, defaultRehypePlugins, defaultRemarkPlugins } from "streamdown";
import { linkNotes } from "./link-notes.ts";
import { openParagraphs } from "./open-paragraphs.ts";
import { withoutNames } from "./without-names.ts";

type Plugins = NonNullable<BlockProps["remarkPlugins"]>;

/** What markdown is read with. Which dollars are math is settled before, by `mark-math.ts`. */
export const remarkPlugins: Plugins = [defaultRemarkPlugins.gfm, remarkMath, linkNotes].filter(
  (plugin) => plugin !== undefined,
);

/** What becomes of the HTML that it is, and that it brings along. */
export const rehypePlugins: Plugins = [
  defaultRehypePlugins.raw,
  defaultRehypePlugins.sanitize,
  withoutNames,
  openParagraphs,
].filter((plugin) => plugin !== undefined);
