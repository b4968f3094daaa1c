import { expect, test } from "vitest";
import type { Input } from "#lib/protocol/api";
import type { Part } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
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

test.each([
  ["approval-requested", { id: "a" }, "Nobody has said whether this may be done, so it was not done."],
  ["approval-responded", { id: "a", approved: true }, "This was allowed, and has no result yet."],
])(
  "a call that waits in an earlier answer is told with a sentence: %s",
  async (state, approval, sentence) => {
    const call = { type: "tool-write_note", toolCallId: "a", input: {}, state, approval } as unknown as Part;
    const told = await toModelMessages([user(text("one")), assistant(call), user(text("two"))], {});
    expect(told.map(({ role }) => role)).toEqual(["user", "assistant", "tool", "user"]);
    expect(told[1]?.content).toMatchObject([{ type: "tool-call" }]);
    expect(told[2]?.content).toMatchObject([
      { toolCallId: "a", output: { type: "error-text", value: sentence } },
    ]);
  },
);

test("a call that was denied in an earlier answer is told as denied", async () => {
  const approval = { id: "a", approved: false, reason: "Not today." };
  const call = { type: "tool-write_note", toolCallId: "a", input: {}, state: "approval-responded", approval };
  const told = await toModelMessages([user(text("one")), assistant(call as Part), user(text("two"))], {});
  expect(JSON.stringify(told[2])).toContain("Not today.");
});

test("what was allowed in an answer that is gone on with is left to be run", async () => {
  const approval = { id: "a", approved: true };
  const call = { type: "tool-write_note", toolCallId: "a", input: {}, state: "approval-responded", approval };
  const told = await toModelMessages([user(text("one")), assistant(call as Part)], {});
  expect(told[2]?.content).toMatchObject([{ type: "tool-approval-response", approved: true }]);
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

const ID = newId();
const kept = (name: string, mediaType: string, bytes: string) => ({
  inputs: ["text"] as Input[],
  readFile: async (id: string) =>
    id === ID ? { name, mediaType, size: bytes.length, bytes: Buffer.from(bytes) } : undefined,
});
/** What was claimed of it counts for nothing. */
const attached = user({ type: "file", url: `/api/files/${ID}`, mediaType: "image/gif", filename: "claimed" });

test.each([
  [["text", "image"], "cat.png", "image/png", "bytes"],
  [["text", "image", "pdf"], "paper.pdf", "application/pdf", "%PDF-"],
] as [Input[], string, string, string][])(
  "to a model that takes %j, %s is given as it is kept",
  async (inputs, name, mediaType, bytes) => {
    const told = await toModelMessages([attached], {}, { ...kept(name, mediaType, bytes), inputs });
    expect(told[0]?.content).toMatchObject([{ type: "file", mediaType, filename: name }]);
    expect(JSON.stringify(told)).toContain(Buffer.from(bytes).toString("base64"));
  },
);

test.each([
  [["text"], "cat.png", "image/png", "this model cannot see pictures"],
  [["text", "image"], "paper.pdf", "application/pdf", "this model cannot read PDFs"],
  [["text", "image"], "cat.avif", "image/avif", "this model cannot see pictures of this kind"],
] as [Input[], string, string, string][])(
  "to a model that takes %j, %s is told by its name",
  async (inputs, name, mediaType, why) => {
    const told = await toModelMessages([attached], {}, { ...kept(name, mediaType, "bytes"), inputs });
    expect(told[0]?.content).toEqual([
      { type: "text", text: `[${name} (${mediaType}, 5 bytes) was attached, and ${why}]` },
    ]);
  },
);

test("text that is kept is read out, and what is not kept any more is told", async () => {
  const text = await toModelMessages([attached], {}, kept("a.ts", "text/plain", "let a;"));
  expect(text[0]?.content).toEqual([{ type: "text", text: '<file name="a.ts">\nlet a;\n</file>' }]);
  const gone = await toModelMessages([attached], {}, { inputs: ["text"], readFile: async () => undefined });
  expect(gone[0]?.content).toEqual([
    { type: "text", text: "[claimed was attached, and is not kept any more]" },
  ]);
});

test("a picture that came along in its message is told in the same way", async () => {
  const picture = user({ type: "file", url: "data:image/png;base64,AAAA", mediaType: "image/png" });
  const told = await toModelMessages([picture], {}, { inputs: ["text"] });
  expect(told[0]?.content).toEqual([
    { type: "text", text: "[A file (image/png) was attached, and this model cannot see pictures]" },
  ]);
});
