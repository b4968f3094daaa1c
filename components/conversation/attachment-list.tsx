import { FileText, RotateCw, X } from "lucide-react";
import { IconButton } from "#components/ui/icon-button";
import type { Attachment } from "#lib/client/attachments";
import type { Model } from "#lib/protocol/api";
import { PDF_TYPE, sizeInWords } from "#lib/protocol/file";
import { composerWords } from "#words/composer";

type AttachmentListProps = {
  attachments: Attachment[];
  /** Who will be given them. */
  model: Model | undefined;
  onRetry: (id: string) => void;
  onRemove: (id: string) => void;
};

/** The files that go with the next prompt: how far they are, and what the model can make of them. */
export function AttachmentList({ attachments, model, onRetry, onRemove }: AttachmentListProps) {
  if (attachments.length === 0) return null;
  return (
    <ul
      aria-label={composerWords.attached}
      className="flex max-h-48 flex-wrap gap-2 overflow-y-auto px-3 pt-3"
    >
      {attachments.map((attachment) => {
        const { id, name, state } = attachment;
        return (
          <li
            key={id}
            className="flex max-w-full items-center gap-2 rounded-xl border border-rule py-1 pr-1 pl-1.5 text-sm"
          >
            <Preview attachment={attachment} />
            <span className="min-w-0 max-w-72">
              <span className="block truncate">{name}</span>
              <Condition attachment={attachment} model={model} />
            </span>
            {state === "failed" && (
              <IconButton label={composerWords.retry(name)} onClick={() => onRetry(id)}>
                <RotateCw className="size-4" />
              </IconButton>
            )}
            <IconButton label={composerWords.remove(name)} onClick={() => onRemove(id)}>
              <X className="size-4" />
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}

function Preview({ attachment: { mediaType, preview, file } }: { attachment: Attachment }) {
  const seen = preview ?? (mediaType.startsWith("image/") ? file?.url : undefined);
  if (seen === undefined) return <FileText className="mx-2 size-4.5 shrink-0 text-ink-soft" />;
  return <img src={seen} alt="" className="size-10 shrink-0 rounded-lg bg-wash object-cover" />;
}

function Condition({ attachment, model }: { attachment: Attachment; model: Model | undefined }) {
  const { state, progress, size, detail } = attachment;
  if (state === "failed") {
    return (
      <span role="alert" className="block text-danger text-xs">
        {detail}
      </span>
    );
  }
  const lack = model && lackOf(attachment, model);
  return (
    <span className="block text-ink-faint text-xs">
      {sizeInWords(size)}
      {state === "uploading" && ` · ${composerWords.uploading(Math.floor(progress * 100))}`}
      {state === "waiting" && ` · ${composerWords.waitingForServer}`}
      {lack && <span className="block text-ink-soft">{lack}</span>}
    </span>
  );
}

/** What the model cannot do with it, before it is sent. */
function lackOf({ mediaType }: Attachment, { name, inputs }: Model): string | undefined {
  const isPicture = mediaType.startsWith("image/");
  if (!isPicture && mediaType !== PDF_TYPE) return undefined;
  if (inputs.includes(isPicture ? "image" : "pdf")) return undefined;
  const what = isPicture ? composerWords.picture : composerWords.pdf;
  const readsTextOnly = inputs.every((input) => input === "text");
  return readsTextOnly ? composerWords.readsTextOnly(name, what) : composerWords.cannotRead(name, what);
}
