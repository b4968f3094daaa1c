"use client";

import { CircleUser, Keyboard, LogIn, LogOut, Settings, ShieldCheck, UserPlus } from "lucide-react";
import Link from "next/link";
import { useRef } from "react";
import { Menu, MenuItem } from "#components/ui/menu";
import { tellFailure } from "#components/ui/notice";
import { useOwner, useTab } from "#components/workspace/tab-provider";
import { keyboardWords } from "#words/keyboard";
import { sidebarWords as words } from "#words/sidebar";
import { commands } from "../keyboard/commands.ts";

/** Who is signed in, and what they can do about it. A guest is shown how to stay. */
export function AccountMenu({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const { name, email, isGuest, isAdmin } = useOwner();
  const { api } = useTab();
  const leave = async () => {
    await api.signOut();
    location.assign("/sign-in");
  };
  // What opens something waits until the focus is back at the trigger, so that it comes back there later.
  const afterwards = useRef<string[]>([]);
  const runAfterwards = () => setTimeout(() => afterwards.current.splice(0).map(commands.run));
  const trigger = (
    <button
      type="button"
      aria-label={words.account(name)}
      className="touch-target flex h-9 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-2 transition-colors hover:bg-wash"
    >
      <CircleUser className="size-4 shrink-0 text-ink-soft" />
      <span className="truncate">{name}</span>
    </button>
  );
  return (
    <Menu trigger={trigger} align="start" side="top" onCloseAutoFocus={runAfterwards}>
      <p className="max-w-56 truncate px-2.5 py-1.5 text-ink-soft text-xs">{email ?? words.guest}</p>
      {isGuest && (
        <>
          <MenuItem asChild>
            <Link href="/sign-up">
              <UserPlus className="size-4" />
              {words.createAccount}
            </Link>
          </MenuItem>
          <MenuItem asChild>
            <Link href="/sign-in">
              <LogIn className="size-4" />
              {words.signIn}
            </Link>
          </MenuItem>
        </>
      )}
      <MenuItem asChild>
        <Link href="/settings" onClick={onNavigate}>
          <Settings className="size-4" />
          {words.settings}
        </Link>
      </MenuItem>
      <MenuItem onSelect={() => afterwards.current.push("sheet")}>
        <Keyboard className="size-4" />
        {keyboardWords.shortcuts}
      </MenuItem>
      {isAdmin && (
        <MenuItem asChild>
          <Link href="/admin" onClick={onNavigate}>
            <ShieldCheck className="size-4" />
            {words.admin}
          </Link>
        </MenuItem>
      )}
      {!isGuest && (
        <MenuItem onSelect={() => tellFailure(leave(), words.stillSignedIn)}>
          <LogOut className="size-4" />
          {words.signOut}
        </MenuItem>
      )}
    </Menu>
  );
}
