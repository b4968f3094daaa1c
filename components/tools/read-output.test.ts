import { expect, test } from "vitest";
import { readOutput } from "./read-output.ts";

test.each([
  ["Noted.", [{ kind: "text", text: "Noted." }]],
  [{ result: "14" }, [{ kind: "json", value: { result: "14" } }]],
  [null, [{ kind: "json", value: null }]],
  [{ content: [] }, [{ kind: "json", value: { content: [] } }]],
  [
    { url: "https://example.org/", title: "A page", markdown: "# Words" },
    [{ kind: "page", url: "https://example.org/", title: "A page", text: "# Words" }],
  ],
  [
    {
      content: [
        { type: "text", text: "a" },
        { type: "image", mimeType: "image/png", data: "AAAA" },
      ],
    },
    [
      { kind: "text", text: "a" },
      { kind: "picture", url: "data:image/png;base64,AAAA" },
    ],
  ],
])("%j is shown as %j", (output, parts) => expect(readOutput(output)).toEqual(parts));

test.each([
  [{ type: "image", mimeType: "image/svg+xml", data: "AAAA" }, "file"],
  [{ type: "image", mimeType: "image/png", data: 'AAAA" onload="alert(1)' }, "file"],
  [{ type: "audio", mimeType: "audio/wav", data: "AAAA" }, "file"],
  [{ type: "image", url: "https://tracker.example/a.png" }, "json"],
  [{ type: "text", text: 5 }, "json"],
])("what is not sure to be harmless is no picture: %j", (part, kind) => {
  expect(readOutput({ content: [part] })).toMatchObject([{ kind }]);
});

test("an address that would run something is no page", () => {
  expect(readOutput({ url: "javascript:alert(1)", title: "", markdown: "" })).toMatchObject([
    { kind: "json" },
  ]);
});
