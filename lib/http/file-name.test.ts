import fc from "fast-check";
import { expect, test } from "vitest";
import { savedAs } from "./file-name.ts";

const nameOf = (title: string) => savedAs(title, "md")["content-disposition"];

test.each([
  ["Plans", `attachment; filename="Plans.md"; filename*=UTF-8''Plans.md`],
  ["../../etc/passwd", `attachment; filename="etc passwd.md"; filename*=UTF-8''etc%20passwd.md`],
  [
    "Grüße “an” *alle*",
    `attachment; filename="Gr__e _an_ alle.md"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%E2%80%9Can%E2%80%9D%20alle.md`,
  ],
  ['a";\r\nx: y', `attachment; filename="a ; x y.md"; filename*=UTF-8''a%20%3B%20x%20y.md`],
  ["\u202egnp.exe", `attachment; filename="gnp.exe.md"; filename*=UTF-8''gnp.exe.md`],
  ["...", `attachment; filename="conversation.md"; filename*=UTF-8''conversation.md`],
])("%j is saved by a name that is one", (title, wanted) => {
  expect(nameOf(title)).toBe(wanted);
});

test("whatever the title, the header is one line of plain letters, and names no folder", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (title) => {
      const header = nameOf(title) ?? "";
      expect(header).toMatch(
        /^attachment; filename="[ !#-.0-9;=@A-[\]-~]+\.md"; filename\*=UTF-8''[\w%.!~-]+\.md$/,
      );
      const name = decodeURIComponent(header.split("''")[1] ?? "");
      expect(name).not.toMatch(/[/\\:]|^\./);
      expect(new Headers(savedAs(title, "md")).get("content-disposition")).toBe(header);
    }),
  );
});
