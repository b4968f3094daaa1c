import { expect, test } from "vitest";
import { fileTypeOf } from "./file-type.ts";

const bytes = (...pieces: (string | number[])[]) =>
  Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : Buffer.from(piece))));

test.each([
  ["image/png", bytes([0x89], "PNG\r\n", [0x1a, 0x0a, 0, 0])],
  ["image/jpeg", bytes([0xff, 0xd8, 0xff, 0xe0, 0])],
  ["image/gif", bytes("GIF89a", [0, 1])],
  ["image/webp", bytes("RIFF", [1, 2, 0, 0], "WEBPVP8 ")],
  ["image/avif", bytes([0, 0, 0, 0x1c], "ftypavif", [0, 0, 0, 0], "mif1miaf")],
  ["application/pdf", bytes("%PDF-1.7\n", [0, 0xff])],
  ["application/pdf", bytes("\n\n", "%PDF-1.4", [0, 0xff])],
  ["text/plain", bytes("export const a = 1;\n")],
  ["text/plain", bytes("Grüße, 世界 😀")],
  ["text/plain", bytes("")],
  // Read as text, and never run.
  ["text/plain", bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ["text/plain", bytes("<!doctype html><script>alert(1)</script>")],
])("%s is known by what is in it", (type, file) => {
  expect(fileTypeOf(file)).toBe(type);
});

test.each([
  ["bytes that are not UTF-8", bytes([0xc3, 0x28])],
  ["text with a NUL", bytes("a\0b")],
  ["a program", bytes([0x7f], "ELF", [0, 0, 0xff])],
  ["an archive", bytes("PK", [3, 4, 0, 0xff])],
  ["half the mark of a picture", bytes([0x89], "PNG")],
  [
    "a photo of a kind that browsers do not show",
    bytes([0, 0, 0, 0x18], "ftypheic", [0, 0, 0, 0], "mif1heic"),
  ],
])("%s is not taken", (_what, file) => {
  expect(fileTypeOf(file)).toBeUndefined();
});
