import { expect, test } from "vitest";
import type { Part } from "#lib/protocol/event";
import { message } from "./fake-reply.ts";
import { toModelMessages } from "./history.ts";

const text = (words: string): Part => ({ type: "text", text: words });
const user = (...parts: Part[]) => message("user", parts);
const assistant = (...parts: Part[]) => message("assistant", parts);

test("an answer that never came is left out", async () => {
  const messages = [
    user(text("one")),
    assistant(),
    assistant({ type: "step-start" }, text("")),
    user(text("two")),
  ];
  expect((await toModelMessages(messages, {})).map((told) => told.role)).toEqual(["user", "user"]);
});

test("questions that were suggested under an answer are not told", async () => {
  const followUps: Part = { type: "data-follow-ups", data: { questions: ["Why?"] } };
  const messages = [user(text("one")), assistant(text("two"), followUps), user(text("three"))];
  expect(JSON.stringify(await toModelMessages(messages, {}))).not.toContain("Why?");
});

test("an answer that was cut short is told as far as it came, without its reasoning", async () => {
  const messages = [
    user(text("one")),
    assistant({ type: "step-start" }, { type: "reasoning", text: "hm" }, text("It was")),
    user(text("go on")),
  ];
  expect(await toModelMessages(messages, {})).toMatchObject([
    { role: "user" },
    { role: "assistant", content: [{ type: "text", text: "It was" }] },
    { role: "user" },
  ]);
});

test("a tool call without an end is left out, one that failed is told with its error", async () => {
  const call = { type: "tool-current_time" as const, input: {} };
  const messages = [
    user(text("one")),
    assistant(
      { ...call, toolCallId: "a", state: "input-available" },
      { ...call, toolCallId: "b", state: "output-error", errorText: "Interrupted." },
    ),
    user(text("two")),
  ];
  const told = await toModelMessages(messages, {});
  expect(JSON.stringify(told)).not.toContain('"a"');
  expect(told[2]).toMatchObject({
    role: "tool",
    content: [{ toolCallId: "b", output: { type: "error-text", value: "Interrupted." } }],
  });
});

test("an answer that is gone on with keeps its reasoning", async () => {
  const call = { type: "tool-current_time" as const, toolCallId: "a", input: {} };
  const messages = [
    user(text("one")),
    assistant({ type: "reasoning", text: "hm" }, { ...call, state: "output-available", output: "noon" }),
  ];
  const told = await toModelMessages(messages, {});
  expect(told[1]?.content).toMatchObject([{ type: "reasoning", text: "hm" }, { type: "tool-call" }]);
});

test.each([
  ["data:text/markdown;base64,IyBIaQ==", "text/markdown", "# Hi"],
  ["data:text/plain,50%25%20off", "text/plain", "50% off"],
  ["data:text/plain,100%", "text/plain", "100%"],
  ["data:application/json;base64,e30=", "application/json", "{}"],
])("a text file is read out: %s", async (url, mediaType, inside) => {
  const told = await toModelMessages([user({ type: "file", url, mediaType, filename: 'a "b".md' })], {});
  expect(told[0]?.content).toEqual([
    { type: "text", text: `<file name="a \\"b\\".md">\n${inside}\n</file>` },
  ]);
});

test("an image stays a file", async () => {
  const url = "data:image/png;base64,AAAA";
  const told = await toModelMessages([user(text("see"), { type: "file", url, mediaType: "image/png" })], {});
  expect(told[0]?.content).toMatchObject([{ type: "text" }, { type: "file", mediaType: "image/png" }]);
});
