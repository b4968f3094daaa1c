import type { Part } from "#lib/protocol/event";

/** What the demo model says to a prompt that tells it nothing. */
export const DEMO_ANSWER = `This is Rejoin's **demo model**. It is a small script, not an AI: it cannot answer questions, but it streams like a real model, so everything around the answer can be tried out. Close this tab while it writes and come back, or stop it from another device.

## To talk to a real model

Set one of these and restart:

- \`OPENAI_API_KEY\`, \`ANTHROPIC_API_KEY\` or \`GOOGLE_GENERATIVE_AI_API_KEY\`
- \`OPENAI_COMPATIBLE_BASE_URL\` for Ollama, vLLM, LM Studio, OpenRouter and the like

\`\`\`sh
ANTHROPIC_API_KEY=your-key npm start
\`\`\`

## To steer the demo model

| Prompt | Answer |
| --- | --- |
| \`count to 200\` | the numbers, one at a time |
| \`count to 50, 200 ms apart\` | the same, more slowly |
| \`think 20, then count to 10\` | reasoning first |
| \`what time is it\` | a tool call |
| \`calculate 2 + 3 * 4\` | another one |
| \`make it dark\` | the page changes its look |
| \`read https://…\` | a web page, of the hosts in \`FETCH_HOSTS\` |
| \`call some_tool {"a": 1}\` | any tool that is there |
| \`fail after 10\` | a provider that fails |
| \`stall after 10\` | a provider that falls silent |
`;

/** What could be asked next of the demo model, after it has said what it is; nothing after any other answer. */
export function demoFollowUps(parts: Part[]): string[] {
  const isThat = parts.some((part) => part.type === "text" && part.text === DEMO_ANSWER);
  return isThat ? ["Count to 200, 50 ms apart", "What time is it?", "Think 20, then count to 10"] : [];
}
