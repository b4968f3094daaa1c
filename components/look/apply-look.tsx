import { applyPreferences } from "./preference.ts";

/** Stands in the head, so that the kept look is there before anything is painted. */
export function ApplyLook() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the script is ours, and has no words of others in it
  return <script dangerouslySetInnerHTML={{ __html: applyPreferences }} />;
}
