"use client";

import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

type MenuProps = { trigger: ReactNode; children: ReactNode } & Pick<
  ComponentProps<typeof DropdownMenu.Content>,
  "align" | "side" | "onCloseAutoFocus"
>;

/** A small menu at its trigger. */
export function Menu({ trigger, children, align = "end", ...rest }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-40 max-h-[min(24rem,var(--radix-dropdown-menu-content-available-height))] min-w-44 animate-appear overflow-y-auto rounded-xl border border-rule bg-raised p-1 text-sm shadow-float"
          {...rest}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export const menuItem =
  "flex min-h-9 select-none items-center gap-2.5 rounded-lg px-2.5 py-1.5 outline-none data-highlighted:bg-wash pointer-coarse:min-h-11";

/** What the lines below it have in common. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-ink-faint text-xs">{children}</DropdownMenu.Label>
  );
}

/** One line of a menu. */
export function MenuItem({
  danger = false,
  className = "",
  ...rest
}: ComponentProps<typeof DropdownMenu.Item> & { danger?: boolean }) {
  return (
    <DropdownMenu.Item className={`${menuItem} ${danger ? "text-danger" : ""} ${className}`} {...rest} />
  );
}
