import { Download } from "lucide-react";
import { Section } from "#components/ui/section";
import { shareWords } from "#words/share";

/** Everything that was said, to take along. */
export function ExportSection() {
  return (
    <Section title={shareWords.exportAll} about={shareWords.exportAllDetail}>
      <a
        href="/api/export"
        download
        className="touch-target inline-flex h-9 items-center gap-2 rounded-lg border border-rule-strong px-3.5 font-medium text-sm hover:bg-wash"
      >
        <Download className="size-4" />
        {shareWords.exportAllAction}
      </a>
    </Section>
  );
}
