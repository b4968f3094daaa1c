import { Download, FileText } from "lucide-react";
import { RemoteImage } from "#components/markdown/remote-image";
import { ForeignLink } from "#components/ui/foreign-link";
import { type FilePart as File, fileIdIn, sizeInWords } from "#lib/protocol/file";
import { isSharedFile } from "#lib/protocol/share-files";
import { composerWords } from "#words/composer";
import { Picture } from "./picture.tsx";

/** A file in a message. What came along in the message is shown; what lies elsewhere waits to be asked for. */
export function FilePart({ file: { url, mediaType, filename, size } }: { file: File }) {
  const isKept = fileIdIn(url) !== undefined || isSharedFile(url);
  const inside = isKept || /^data:/i.test(url);
  if (mediaType.startsWith("image/")) {
    if (isKept) return <Picture url={url} name={filename ?? composerWords.aPicture} />;
    if (!inside) return <RemoteImage src={url} alt={filename ?? ""} />;
    return (
      <img
        src={url}
        alt={filename ?? composerWords.aPicture}
        className="my-2 max-h-96 max-w-full rounded-xl"
      />
    );
  }
  const name = filename ?? mediaType;
  const words = (
    <>
      <FileText className="size-4 shrink-0 text-ink-soft" />
      <span className="truncate">{name}</span>
      {size !== undefined && <span className="shrink-0 text-ink-faint text-xs">{sizeInWords(size)}</span>}
    </>
  );
  const look =
    "touch-target my-1 inline-flex max-w-full items-center gap-2 rounded-lg border border-rule px-3 py-1.5 text-sm hover:bg-wash";
  if (inside) {
    // Saved and never opened: browsers refuse to go to an address that holds its own file.
    return (
      <a href={url} download={filename ?? true} title={composerWords.downloadFile(name)} className={look}>
        {words}
        <Download className="size-3.5 shrink-0 text-ink-faint" />
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
