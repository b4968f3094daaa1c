"use client";

import { X } from "lucide-react";
import { Toast } from "radix-ui";
import { sidebarWords as words } from "#words/sidebar";
import { IconButton } from "./icon-button.tsx";
import { dismiss, type Notice, useNotices } from "./notice.tsx";

const SHOWN_MS = 6_000;
/** Somebody has to read it, think, and get there. */
const SHOWN_WITH_ACTION_MS = 10_000;

/** Where people are told what they could not see otherwise; once on a page. F8 leads there, and nobody is hurried meanwhile. */
export function Toasts() {
  const notices = useNotices();
  // What stands here has styles of its own, which only the browser may set. So it begins with the first notice.
  if (notices.length === 0) return null;
  return (
    <Toast.Provider label={words.notice} swipeDirection="up">
      {notices.map((notice) => (
        <ToastRow key={notice.id} notice={notice} />
      ))}
      <Toast.Viewport
        label={words.notices}
        className="pointer-events-none fixed inset-x-4 top-4 z-50 flex flex-col items-center gap-2 outline-none"
      />
    </Toast.Provider>
  );
}

function ToastRow({ notice: { id, words: what, isFailure, action } }: { notice: Notice }) {
  return (
    <Toast.Root
      duration={action ? SHOWN_WITH_ACTION_MS : SHOWN_MS}
      onOpenChange={(open) => !open && dismiss(id)}
      className="pointer-events-auto flex max-w-md animate-appear items-center gap-1 rounded-xl border border-rule bg-raised py-1.5 pr-1.5 pl-4 shadow-float data-[swipe=move]:translate-y-(--radix-toast-swipe-move-y)"
    >
      <Toast.Title className={`py-1 ${isFailure ? "text-danger" : ""}`}>{what}</Toast.Title>
      {action && (
        <Toast.Action asChild altText={action.label}>
          <button
            type="button"
            onClick={action.act}
            className="touch-target ml-2 h-8 rounded-lg px-2.5 font-medium text-accent hover:bg-wash"
          >
            {action.label}
          </button>
        </Toast.Action>
      )}
      <Toast.Close asChild>
        <IconButton label={words.dismiss}>
          <X className="size-4" />
        </IconButton>
      </Toast.Close>
    </Toast.Root>
  );
}
