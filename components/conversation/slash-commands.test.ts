import { expect, test, vi } from "vitest";
import { type CommandPlace, offeredFor } from "./slash-commands.ts";

const place: CommandPlace = {
  conversationId: "a",
  isNew: false,
  go: vi.fn(),
  rename: vi.fn(),
  setTheme: vi.fn(),
};
const names = (text: string, given: Partial<CommandPlace> = {}) =>
  offeredFor(text, { ...place, ...given }).map(({ command }) => command.name);

test("a slash offers everything that can be done here", () => {
  expect(names("/")).toEqual([
    "new",
    "temporary",
    "rename",
    "theme dark",
    "theme light",
    "theme system",
    "help",
  ]);
  expect(names("/", { isNew: true })).not.toContain("rename");
});

test("what is typed narrows it", () => {
  expect(names("/th")).toEqual(["theme dark", "theme light", "theme system"]);
  expect(names("/theme l")).toEqual(["theme light"]);
  expect(names("/Help")).toEqual(["help"]);
});

test.each(["", "help", " /help", "/etc/hosts: what is it?", "/help me with this", "/new\nline", "//"])(
  "%j is a prompt and no command",
  (text) => {
    expect(names(text)).toEqual([]);
  },
);

test("what comes after a name that needs more is given to it as it was typed", () => {
  const [offered] = offeredFor("/rename  Of Mice ", place);
  expect(offered).toMatchObject({ command: { name: "rename" }, argument: "Of Mice" });
});
