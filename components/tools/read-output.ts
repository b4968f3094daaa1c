import { z } from "zod";

/** A piece of a result, as it can be shown. */
export type ResultPart =
  | { kind: "text"; text: string }
  | { kind: "picture"; url: string }
  | { kind: "page"; url: string; title: string; text: string }
  | { kind: "file"; mediaType: string }
  | { kind: "json"; value: unknown };

/** What browsers show and what runs nothing. */
const PICTURE = /^image\/(png|jpeg|gif|webp|avif)$/;
const BASE64 = /^[a-z0-9+/]+=*$/i;

const contentSchema = z.object({ content: z.array(z.looseObject({ type: z.string() })) });
const pageSchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  title: z.string(),
  markdown: z.string(),
});

/** The pieces of a result, whatever wrote it: a tool of ours, or of a server that speaks the Model Context Protocol. */
export function readOutput(output: unknown): ResultPart[] {
  if (typeof output === "string") return [{ kind: "text", text: output }];
  const content = contentSchema.safeParse(output).data?.content;
  if (content && content.length > 0) return content.map(readContent);
  const page = pageSchema.safeParse(output).data;
  if (page) return [{ kind: "page", url: page.url, title: page.title, text: page.markdown }];
  return [{ kind: "json", value: output }];
}

function readContent(part: { type: string } & Record<string, unknown>): ResultPart {
  const { type, text, data, mimeType } = part;
  if (type === "text" && typeof text === "string") return { kind: "text", text };
  if (typeof data === "string" && typeof mimeType === "string") {
    const isPicture = type === "image" && PICTURE.test(mimeType) && BASE64.test(data);
    return isPicture
      ? { kind: "picture", url: `data:${mimeType};base64,${data}` }
      : { kind: "file", mediaType: mimeType };
  }
  return { kind: "json", value: part };
}
