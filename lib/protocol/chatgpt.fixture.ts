// A conversation in the shape of a ChatGPT export, written by hand: an edited prompt, an answer made twice, what nobody
// is shown, tools, pictures, thoughts, sources, messages that are null, and times that are missing.

const text = (...parts: unknown[]) => ({ content_type: "text", parts });

function node(
  id: string,
  parent: string | null,
  children: string[],
  role?: string,
  content?: object,
  more: object = {},
) {
  const message =
    role === undefined ? null : { id, author: { role, name: null, metadata: {} }, content, ...more };
  return [id, { id, parent, children, message }] as const;
}

const hidden = { metadata: { is_visually_hidden_from_conversation: true } };
const by = (model_slug: string, more: object = {}) => ({
  metadata: { model_slug, ...more },
  recipient: "all",
});
const at = (create_time: number) => ({ create_time });

export const chatgptConversation = {
  title: "Weather of old",
  create_time: 1_700_000_000.5,
  update_time: 1_700_000_900,
  conversation_id: "6f1c1c1e-0000-4000-8000-000000000001",
  current_node: "answer-2b",
  default_model_slug: "gpt-4o",
  plugin_ids: null,
  mapping: Object.fromEntries([
    node("client-created-root", null, ["system"]),
    node("system", "client-created-root", ["about-you"], "system", text(""), { weight: 0, ...hidden }),
    node(
      "about-you",
      "system",
      ["prompt-1", "prompt-1-edited"],
      "user",
      {
        content_type: "user_editable_context",
        user_profile: "secret profile",
        user_instructions: "secret wish",
      },
      { metadata: { is_user_system_message: true } },
    ),
    node("prompt-1", "about-you", ["answer-1"], "user", text("What is the wether?"), at(1_700_000_001)),
    node("answer-1", "prompt-1", [], "assistant", text("The what?"), {
      ...by("gpt-4"),
      ...at(1_700_000_002),
    }),
    node(
      "prompt-1-edited",
      "about-you",
      ["thoughts"],
      "user",
      text("What is the weather?"),
      at(1_700_000_003),
    ),
    node(
      "thoughts",
      "prompt-1-edited",
      ["recap"],
      "assistant",
      { content_type: "thoughts", thoughts: [{ summary: "Looking", content: "I look outside." }] },
      by("o3"),
    ),
    node("recap", "thoughts", ["search"], "assistant", {
      content_type: "reasoning_recap",
      content: "Thought for 5s",
    }),
    node(
      "search",
      "recap",
      ["found"],
      "assistant",
      { content_type: "code", language: "unknown", text: 'search("weather")' },
      { recipient: "browser" },
    ),
    node("found", "search", ["run"], "tool", {
      content_type: "tether_browsing_display",
      result: "secret page",
    }),
    node(
      "run",
      "found",
      ["output"],
      "assistant",
      { content_type: "code", language: "python", text: "print('```')" },
      { recipient: "python" },
    ),
    node("output", "run", ["picture"], "tool", { content_type: "execution_output", text: "```" }),
    node("picture", "output", ["answer-2"], "tool", {
      content_type: "multimodal_text",
      parts: [
        "secret for the model",
        { content_type: "image_asset_pointer", asset_pointer: "file-service://file-sun" },
      ],
    }),
    node(
      "answer-2",
      "picture",
      ["empty"],
      "assistant",
      text("It is sunny.\ue200cite\ue202turn0search1\ue201 And warm【3†source】."),
      {
        ...by("gpt-4o", {
          content_references: [
            { type: "grouped_webpages", items: [{ title: "The sky", url: "https://sky.example/today" }] },
            { type: "hidden", url: "javascript:alert(1)" },
          ],
          citations: null,
        }),
        create_time: null,
      },
    ),
    node("empty", "answer-2", ["hint"]),
    node("hint", "empty", ["prompt-2"], "user", text("secret hint"), hidden),
    node("prompt-2", "hint", ["answer-2a", "answer-2b"], "user", {
      content_type: "multimodal_text",
      parts: [{ content_type: "image_asset_pointer", asset_pointer: "sediment://file_cat" }, "And this?"],
    }),
    node("answer-2a", "prompt-2", [], "assistant", text("A dog."), by("gpt-4o")),
    node("answer-2b", "prompt-2", [], "assistant", text("A cat."), by("gpt-4o")),
  ]),
};
