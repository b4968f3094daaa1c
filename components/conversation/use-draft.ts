import { type RefObject, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { useTab } from "#components/workspace/tab-provider";

type Field = RefObject<HTMLTextAreaElement | null>;

/** What is being written in a field, kept over a reload, and the same on all devices. */
export function useDraft(conversationId: string, field: Field): [string, (text: string) => void] {
  const { drafts } = useTab();
  const text = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.read(conversationId),
    () => "",
  );

  // A page from the server can be written on before this script comes, and the draft must not undo that.
  useLayoutEffect(() => {
    const typed = field.current?.value;
    if (typed) drafts.write(conversationId, typed);
  }, [field, drafts, conversationId]);

  useCaretKept(field, text);
  return [text, (written) => drafts.write(conversationId, written)];
}

/** A text that comes from elsewhere leaves the caret where it was; at the end, it stays at the end. */
function useCaretKept(field: Field, text: string) {
  const caret = useRef({ text: "", start: 0, end: 0 });

  useLayoutEffect(() => {
    const note = () => {
      const at = field.current;
      if (at) caret.current = { text: at.value, start: at.selectionStart, end: at.selectionEnd };
    };
    document.addEventListener("selectionchange", note);
    return () => document.removeEventListener("selectionchange", note);
  }, [field]);

  useLayoutEffect(() => {
    const at = field.current;
    const before = caret.current;
    if (!at || at !== document.activeElement) return;
    // What is typed here has moved the caret already.
    if (at.selectionEnd !== at.value.length || before.text === text || before.end === before.text.length)
      return;
    at.setSelectionRange(before.start, before.end);
  }, [field, text]);
}
