import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostileText, jsonValue } from "./arbitraries.ts";
import { chatgptConversation } from "./chatgpt.fixture.ts";
import type { Part } from "./event.ts";
import { importBody } from "./exported.ts";
import { ImportFault, importChatgpt } from "./import-chatgpt.ts";
import { faultIn } from "./import-tree.ts";

const words = (parts: { type: string; text?: unknown }[]) =>
  parts.map(({ type, text }) => (typeof text === "string" ? text : `<${type}>`)).join("\n\n");

describe("a conversation as ChatGPT writes it down", () => {
  const imported = importChatgpt(chatgptConversation);
  const messages = importBody.parse(imported).messages;

  test("has its branches, its times, its models and its shown end", () => {
    expect(messages.map(({ id, parentId, role, model }) => [id, parentId, role, model])).toEqual([
      ["prompt-1", null, "user", undefined],
      ["answer-1", "prompt-1", "assistant", "gpt-4"],
      ["prompt-1-edited", null, "user", undefined],
      ["thoughts", "prompt-1-edited", "assistant", "gpt-4o"],
      ["prompt-2", "thoughts", "user", undefined],
      ["answer-2a", "prompt-2", "assistant", "gpt-4o"],
      ["answer-2b", "prompt-2", "assistant", "gpt-4o"],
    ]);
    expect(imported.conversation).toEqual({
      id: "chatgpt 6f1c1c1e-0000-4000-8000-000000000001",
      title: "Weather of old",
      leafId: "answer-2b",
      createdAt: "2023-11-14T22:13:20.500Z",
      updatedAt: "2023-11-14T22:28:20.000Z",
    });
    expect(messages[0]?.createdAt).toBe("2023-11-14T22:13:21.000Z");
    // Where no time is told, it was not before what it follows.
    expect(messages[4]?.createdAt).toBe("2023-11-14T22:13:23.000Z");
  });

  test("has the words, code as code, pictures by name, thoughts and sources, and none of ChatGPT's own marks", () => {
    const [, , , answer, prompt] = messages;
    expect(answer?.parts).toEqual([
      { type: "reasoning", text: "**Looking**\n\nI look outside." },
      {
        type: "text",
        text: [
          '```\nsearch("weather")\n```',
          "````python\nprint('```')\n````",
          "````text\n```\n````",
          "[Image: file-sun]",
          "It is sunny. And warm.",
        ].join("\n\n"),
      },
      {
        type: "source-url",
        sourceId: "https://sky.example/today",
        url: "https://sky.example/today",
        title: "The sky",
      },
    ]);
    expect(words(prompt?.parts ?? [])).toBe("[Image: file_cat]\n\nAnd this?");
  });

  test("has nothing that nobody was shown", () => {
    expect(JSON.stringify(imported)).not.toMatch(/secret|javascript:|Thought for/);
  });
});

const said = (parent: string | null, role: string, text: string, more: object = {}) => ({
  parent,
  children: [],
  message: { author: { role }, content: { content_type: "text", parts: [text] }, ...more },
});
const of = (mapping: object, more: object = {}) => importChatgpt({ id: "1", mapping, ...more });
const shapeOf = ({ messages }: ReturnType<typeof of>) =>
  messages.map(({ id, parentId, role, parts }) => [id, parentId, role, words(parts as Part[])]);

test("an answer that branches in its midst is written down whole for each branch", () => {
  const imported = of({
    a: said(null, "user", "Go"),
    b: said("a", "assistant", "begins"),
    c: said("b", "assistant", "ends well"),
    d: said("b", "assistant", "ends badly"),
  });
  expect(shapeOf(imported)).toEqual([
    ["a", null, "user", "Go"],
    ["b", "a", "assistant", "begins\n\nends well"],
    ["d", "a", "assistant", "begins\n\nends badly"],
  ]);
});

test("a prompt in the midst of an answer follows what was said until there", () => {
  const imported = of(
    {
      a: said(null, "user", "Go"),
      b: said("a", "assistant", "begins"),
      c: said("b", "assistant", "goes on"),
      d: said("b", "user", "Stop"),
    },
    { current_node: "d" },
  );
  expect(shapeOf(imported)).toEqual([
    ["a", null, "user", "Go"],
    ["b", "a", "assistant", "begins"],
    ["c", "a", "assistant", "begins\n\ngoes on"],
    ["d", "b", "user", "Stop"],
  ]);
  expect(imported.conversation.leafId).toBe("d");
});

test("an answer that came first has a prompt before it, and one of nobody shown ends where it was shown last", () => {
  const imported = of(
    { a: said(null, "assistant", "Hello"), b: said("a", "system", "hidden") },
    { current_node: "b" },
  );
  expect(shapeOf(imported)).toEqual([
    ["before a", null, "user", "…"],
    ["a", "before a", "assistant", "Hello"],
  ]);
  expect(imported.conversation.leafId).toBe("a");
});

test.each([
  ["nothing", null],
  ["words", "conversations"],
  ["a list", []],
  ["no tree", { id: "1", title: "x" }],
  ["a tree that is none", { id: "1", mapping: ["a"] }],
  ["no id", { mapping: {} }],
])("%s is refused in a sentence", (_, given) => {
  expect(() => importChatgpt(given)).toThrow(ImportFault);
});

test("a conversation that is too long, or has too many branches, is refused and not taken apart", () => {
  const long: Record<string, object> = {};
  for (let index = 0; index < 10_050; index++) {
    long[`n${index}`] = said(index === 0 ? null : `n${index - 1}`, index % 2 ? "assistant" : "user", "x");
  }
  expect(() => of(long)).toThrow(/10000 messages/);
});

const anyNode = fc.record({
  parent: fc.nat({ max: 14 }),
  role: fc.constantFrom("user", "assistant", "assistant", "tool", "system", "critic"),
  text: fc.nat().map((number) => `word${number}.`),
  isHidden: fc.boolean().map((flag) => flag),
  kind: fc.constantFrom("text", "text", "text", "code", "multimodal_text"),
});

test("whatever the tree, it can be taken in, and no words are lost of those who were shown them", () => {
  fc.assert(
    fc.property(
      fc.array(anyNode, { maxLength: 12 }),
      fc.nat({ max: 14 }),
      fc.boolean(),
      (nodes, current, loops) => {
        const mapping = Object.fromEntries(
          nodes.map(({ parent, role, text, isHidden, kind }, index) => {
            const content =
              kind === "code" ? { content_type: kind, text } : { content_type: kind, parts: [text] };
            const metadata = { is_visually_hidden_from_conversation: isHidden && index % 3 === 0 };
            const above = loops ? parent : Math.min(parent, index - 1);
            const message = { author: { role }, content, metadata };
            return [`n${index}`, { parent: above < 0 ? null : `n${above}`, children: [], message }];
          }),
        );
        const imported = of(mapping, { current_node: `n${current}` });
        const parsed = importBody.parse(imported);
        expect(faultIn(parsed)).toBeUndefined();
        const told = JSON.stringify(parsed.messages);
        for (const { author, content, metadata } of Object.values(mapping).map(({ message }) => message)) {
          const isShown =
            ["user", "assistant"].includes(author.role) && !metadata.is_visually_hidden_from_conversation;
          const text = content.text ?? content.parts?.[0] ?? "";
          if (isShown) expect(told).toContain(text);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("whatever is in its fields, it is taken in or refused, and never breaks anything", () => {
  const odd = fc.oneof(jsonValue, hostileText, fc.double(), fc.constantFrom("n0", "n1", null, 1e300, -1));
  const oddNode = fc.record({
    parent: odd,
    children: odd,
    message: fc.oneof(
      odd,
      fc.record({
        author: fc.oneof(
          odd,
          fc.record({ role: fc.oneof(odd, fc.constantFrom("user", "assistant", "tool")) }),
        ),
        content: fc.oneof(
          odd,
          fc.record({
            content_type: odd,
            parts: fc.oneof(odd, fc.array(odd)),
            text: odd,
            thoughts: fc.array(odd),
          }),
        ),
        metadata: fc.oneof(odd, fc.record({ content_references: fc.array(odd), citations: fc.array(odd) })),
        create_time: odd,
        recipient: odd,
      }),
    ),
  });
  const conversation = fc.record({
    id: fc.constant("1"),
    title: odd,
    create_time: odd,
    update_time: odd,
    current_node: odd,
    mapping: fc.dictionary(fc.constantFrom("n0", "n1", "n2", "__proto__"), oddNode),
  });
  fc.assert(
    fc.property(conversation, (given) => {
      let imported: ReturnType<typeof importChatgpt>;
      try {
        imported = importChatgpt(JSON.parse(JSON.stringify(given)));
      } catch (error) {
        expect(error).toBeInstanceOf(ImportFault);
        return;
      }
      expect(faultIn(importBody.parse(imported))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
