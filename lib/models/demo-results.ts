import type { LanguageModelV4Prompt, LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";
import { z } from "zod";
import { currentTimeSchema } from "./tools/clock.ts";

type ToolContent = Extract<LanguageModelV4Prompt[number], { role: "tool" }>["content"];

const sumSchema = z.object({ expression: z.string(), result: z.string() });
const pageSchema = z.object({ url: z.string(), title: z.string(), markdown: z.string() });

/** What the demo model says of what its tools have told it. */
export function sentenceAbout(content: ToolContent): string {
  const results = content.filter((part) => part.type === "tool-result");
  const told = results.map(({ toolName, output }) => sentence(toolName, output));
  return told.join("\n\n") || sentence("current_time", undefined);
}

function sentence(toolName: string, output: LanguageModelV4ToolResultOutput | undefined): string {
  const who = toolName === "current_time" ? "The clock" : `\`${toolName}\``;
  switch (output?.type) {
    case "json":
      return known(output.value) ?? `${who} said: ${JSON.stringify(output.value)}`;
    case "error-json":
      return `${who} said: ${JSON.stringify(output.value)}`;
    case "text":
    case "error-text":
      return `${who} said: ${output.value}`;
    case "content":
      return `${who} said: ${output.value.map((part) => (part.type === "text" ? part.text : `(${part.type})`)).join(" ")}`;
    case "execution-denied":
      return `I was not allowed to use ${who}.`;
    default:
      return `${who} said nothing.`;
  }
}

function known(value: unknown): string | undefined {
  const time = currentTimeSchema.safeParse(value).data;
  if (time) return `It is ${time.local}.`;
  const sum = sumSchema.safeParse(value).data;
  if (sum) return `${sum.expression} = ${sum.result}`;
  const page = pageSchema.safeParse(value).data;
  if (!page) return undefined;
  return `I read **${page.title || page.url}**, ${page.markdown.split(/\s+/).length} words.`;
}
