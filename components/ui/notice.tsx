"use client";

import { useSyncExternalStore } from "react";

/** Something that a person is told for a few seconds, for they could not see it otherwise. */
export type Notice = {
  id: number;
  words: string;
  isFailure: boolean;
  /** What they can do about it. */
  action?: { label: string; act: () => void };
};

/** More at once would hide the page. */
const SHOWN_MAX = 3;

let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Tells that something has happened, and perhaps how to undo it. */
export function tell(words: string, action?: Notice["action"]): void {
  show({ words, isFailure: false, ...(action && { action }) });
}

/** Says that something a person asked for did not happen, and why. */
export function tellFailure(asked: Promise<unknown>, what: string): void {
  asked.catch((error: unknown) => {
    show({ words: error instanceof Error ? `${what} ${error.message}` : what, isFailure: true });
  });
}

export function dismiss(id: number): void {
  change(notices.filter((notice) => notice.id !== id));
}

function show(notice: Omit<Notice, "id">): void {
  lastId += 1;
  change([...notices, { ...notice, id: lastId }].slice(-SHOWN_MAX));
}

function change(changed: readonly Notice[]): void {
  notices = changed;
  for (const hear of listeners) hear();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const NONE: readonly Notice[] = [];

/** What is to be told now. */
export const useNotices = (): readonly Notice[] =>
  useSyncExternalStore(
    subscribe,
    () => notices,
    () => NONE,
  );
