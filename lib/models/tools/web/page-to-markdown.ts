import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import TurndownService from "turndown";

/** What a page is called and what it says, without what stands around it. Its scripts are text like any other, and go. */
export type Markdown = { title: string; markdown: string };

export function pageToMarkdown({ html, url }: { html: string; url: string }): Markdown {
  const { document } = parseHTML(html);
  const title = (document.title ?? "").replace(/\s+/g, " ").trim();
  // It takes the document apart, and what is no article leaves it with nothing.
  const body = document.body?.innerHTML ?? html;
  const article = new Readability(document).parse();
  const markdown = toMarkdown(article?.content ?? body, url);
  return {
    title: article?.title?.trim() || title,
    markdown: markdown || (article?.textContent ?? "").trim(),
  };
}

function toMarkdown(html: string, url: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const turndown = new TurndownService({
    headingStyle: "atx",
    codeBlockStyle: "fenced",
    bulletListMarker: "-",
  });
  turndown.remove(["script", "style", "noscript", "template", "iframe", "form", "button"]);
  turndown.addRule("links", {
    filter: "a",
    replacement: (words, node) => {
      const address = URL.parse((node as Element).getAttribute("href") ?? "", url);
      return address && /^https?:$/.test(address.protocol) && words.trim() !== ""
        ? `[${words.trim()}](${address.href})`
        : words;
    },
  });
  // A picture is nothing to a reader of text, and its address may hold all of it.
  turndown.addRule("pictures", {
    filter: ["img", "picture", "video", "audio", "svg" as "img", "canvas"],
    replacement: (_words, node) => (node as Element).getAttribute("alt")?.trim() ?? "",
  });
  return turndown.turndown(document.body).trim();
}
