import { expect, type Page } from "@playwright/test";

/** Where payloads would take what they learn. No name there can be found, and nobody may even try. */
export const FOREIGN = "https://elsewhere.example";

export type HarmWatch = {
  /** What happened that nothing on a page may bring about. */
  seen: string[];
  /** Fails if anything did, or if something stands on the page that only waits for its moment. */
  expectNone(): Promise<void>;
};

/** Watches a page from before its first script on: what it asks for, runs, opens, and what its policy has to stop. */
export async function watchForHarm(page: Page, url: string): Promise<HarmWatch> {
  const seen: string[] = [];
  page.on("dialog", async (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("popup", (popup) => seen.push(`popup: ${popup.url()}`));
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(`${url}/`) && !/^(data|blob):/.test(address)) seen.push(`request: ${address}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) seen.push(`${response.status()}: ${response.url()}`);
  });
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) seen.push(`console: ${message.text()}`);
  });
  await page.exposeFunction("tellViolation", (what: string) => seen.push(`violation: ${what}`));
  await page.addInitScript(tellViolations);
  return {
    seen,
    async expectNone() {
      expect(await page.evaluate(dangers), "what stands on the page").toEqual([]);
      const framed = page.frames().filter((frame) => frame !== page.mainFrame());
      expect(
        framed.map((frame) => frame.url()).filter((address) => address !== `${url}/diagram-frame`),
      ).toEqual([]);
      expect(framed.length, "frames").toBeLessThanOrEqual(1);
      expect(seen).toEqual([]);
    },
  };
}

// Runs in the page.
function tellViolations(): void {
  const { tellViolation } = window as unknown as { tellViolation(what: string): void };
  addEventListener("securitypolicyviolation", (event) =>
    tellViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`),
  );
}

// Runs in the page.
function dangers(): string[] {
  const found: string[] = "pwned" in window ? ["something ran, or took a name: pwned"] : [];
  for (const frame of document.querySelectorAll("iframe")) {
    const isOurs = frame.parentElement === document.body && frame.getAttribute("src") === "/diagram-frame";
    if (!isOurs || frame.getAttribute("sandbox") !== "allow-scripts") found.push(frame.outerHTML);
  }
  // What KaTeX makes of a formula is ours: it has no links, no addresses and no handlers, which all are looked for below.
  const isFormula = (element: Element) =>
    (element.localName === "math" && element.matches(".formula > span > .katex > .katex-mathml > math")) ||
    (element.localName === "svg" &&
      element.matches(".formula .katex > .katex-html svg:not(:has(*:not(path, line)))"));
  if ("pwned" in Object.prototype) found.push("every object has what was written into one");
  const forbidden =
    "script, style, link, meta, base, iframe, frame, object, embed, applet, form, template, slot, math, svg:not(.lucide), portal, dialog, marquee, audio, video, source";
  for (const place of document.querySelectorAll("article, nav, header, [role=menu]")) {
    for (const element of place.querySelectorAll("*")) {
      if (element.matches(forbidden) && !isFormula(element)) found.push(element.outerHTML);
      if (element.localName.includes("-")) found.push(element.outerHTML);
      for (const { name, value } of element.attributes) {
        const address = /^(href|src|srcset|action|formaction|xlink:href|poster|data|background)$/.test(name);
        const script = /^[\s\p{Cc}]*(javascript|vbscript|data|blob|file):/iu.test(value);
        const saved = name === "href" && element.hasAttribute("download");
        // A diagram is a picture that was made here.
        const image =
          name === "src" &&
          (/^data:image\//.test(value) ||
            (element.matches(".diagram img") && value.startsWith(`blob:${location.origin}/`)));
        if (/^on/.test(name) || name === "srcdoc") found.push(element.outerHTML);
        if (address && script && !saved && !image) found.push(element.outerHTML);
      }
      if (element instanceof HTMLAnchorElement && element.origin !== location.origin) {
        const marked = element.rel === "noopener noreferrer nofollow" && element.target === "_blank";
        const isFile = element.hasAttribute("download") && element.protocol === "data:";
        if (!isFile && !(marked && element.title !== "")) found.push(element.outerHTML);
      }
    }
  }
  return found;
}
