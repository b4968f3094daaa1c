import { FileText } from "lucide-react";
import { ForeignLink } from "#components/ui/foreign-link";
import type { Part } from "#lib/protocol/event";
import { RemoteImage } from "./remote-image.tsx";

type File = Part & { type: "file" };

/** A file in a message. What came along in the message is shown; what lies elsewhere waits to be asked for. */
export function FilePart({ file: { url, mediaType, filename } }: { file: File }) {
  const inside = /^data:/i.test(url);
  if (mediaType.startsWith("image/")) {
    if (!inside) return <RemoteImage src={url} alt={filename ?? ""} />;
    return <img src={url} alt={filename ?? "Image"} className="my-2 max-h-96 max-w-full rounded-xl" />;
  }
  const words = (
    <>
      <FileText className="size-4 shrink-0 text-ink-soft" />
      <span className="truncate">{filename ?? mediaType}</span>
    </>
  );
  const look =
    "touch-target my-1 inline-flex max-w-full items-center gap-2 rounded-lg border border-rule px-3 py-1.5 text-sm hover:bg-wash";
  if (inside) {
    // Saved and never opened: browsers refuse to go to such an address.
    return (
      <a href={url} download={filename ?? true} className={look}>
        {words}
      </a>
    );
  }
  if (!/^https?:/i.test(url)) return null;
  return (
    <ForeignLink href={url} className={look}>
      {words}
    </ForeignLink>
  );
}
