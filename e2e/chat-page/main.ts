import { type UIMessage, useChat } from "@ai-sdk/react";
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";

// A chat as somebody would write it who has read the AI SDK's guide and nothing of ours, but for how to stop.

const textOf = ({ parts }: UIMessage) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("");

/** What an app needs to know of Rejoin to stop an answer: `stop()` of the AI SDK only hangs up. */
function cancel({ metadata }: UIMessage) {
  const { generationId } = metadata as { generationId: string };
  return fetch(`/api/generations/${generationId}/cancel`, { method: "POST" });
}

function Chat({ id }: { id: string }) {
  const [draft, setDraft] = useState("");
  const { messages, status, error, sendMessage, regenerate } = useChat({ id, resume: true });
  const answer = messages.findLast(({ role }) => role === "assistant");
  const prompt = messages.findLast(({ role }) => role === "user");
  const button = (name: string, onClick: () => unknown) =>
    h("button", { type: "button", onClick: () => void onClick() }, name);
  return h(
    "main",
    null,
    messages.map((message) => h("article", { key: message.id, "aria-label": message.role }, textOf(message))),
    h("p", { role: "status" }, status),
    error && h("p", { role: "alert" }, error.message),
    h("textarea", {
      value: draft,
      onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    }),
    button("Send", () => sendMessage({ text: draft })),
    button("Change", () => prompt && sendMessage({ text: draft, messageId: prompt.id })),
    button("Again", () => regenerate()),
    button("Stop", () => answer && cancel(answer)),
  );
}

function App() {
  const [isShown, setShown] = useState(true);
  const id = new URLSearchParams(location.search).get("chat") ?? "";
  return h(
    "div",
    null,
    h("button", { type: "button", onClick: () => setShown(!isShown) }, isShown ? "Leave" : "Come back"),
    isShown && h(Chat, { id }),
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(h(App));
