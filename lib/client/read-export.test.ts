import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { browserClock } from "./clock.ts";
import { readExport } from "./read-export.ts";

const never = new AbortController().signal;
const read = (file: Blob, signal = never) =>
  Array.fromAsync(readExport({ clock: browserClock }, file, signal));
const zipOf = (files: Record<string, string>) =>
  new Blob([zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))]);

test("a JSON file is read element by element", async () => {
  expect(await read(new Blob(['[{"id":1},\n{"id":2}]']))).toEqual(['{"id":1}', '{"id":2}']);
});

test("of a zip the conversations are read, in whichever files of it they are, and nothing else", async () => {
  const zip = zipOf({
    "chat.html": "<html>[{}]",
    "conversations-000.json": '[{"id":1}]',
    "export/conversations-001.json": '[{"id":2}]',
    "shared_conversations.json": '[{"id":3}]',
  });
  expect(await read(zip)).toEqual(['{"id":1}', '{"id":2}']);
});

test.each([
  ["a zip without conversations", zipOf({ "a.txt": "a" }), /no conversations.json/],
  [
    "a zip that breaks off",
    zipOf({ "conversations.json": `[${"1,".repeat(90_000)}1]` }).slice(0, 150),
    /damaged/,
  ],
  ["a picture", new Blob(["\x89PNG"]), /no JSON/],
  ["nothing", new Blob([]), /breaks off/],
])("%s is refused in a sentence", async (_, file, why) => {
  await expect(read(file)).rejects.toThrow(why);
});

test("a large file is read while others have their turn, and reading ends when it is not wanted any more", async () => {
  const element = JSON.stringify({ text: "words ".repeat(2_000) });
  const file = new Blob(["[", ...Array.from({ length: 2_000 }, () => `${element},`), element, "]"]);
  let turns = 0;
  const others = setInterval(() => turns++, 1);
  let elements = 0;
  for await (const text of readExport({ clock: browserClock }, file, never))
    elements += text === element ? 1 : 0;
  expect(elements).toBe(2_001);
  expect(turns).toBeGreaterThan(2);
  clearInterval(others);
  const enough = new AbortController();
  const reading = readExport({ clock: browserClock }, file, enough.signal);
  await reading.next();
  enough.abort();
  await expect(Array.fromAsync(reading)).rejects.toThrow(/abort/);
});
