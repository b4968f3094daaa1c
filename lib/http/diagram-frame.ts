import { createHash } from "node:crypto";

export const DIAGRAM_FRAME = "/diagram-frame";

/**
 * What runs in the frame that draws diagrams. It gets the drawing library and a line to whoever opened it, and answers
 * each text with a picture or with what is wrong with it. See `docs/decisions/0008-diagrams-are-drawn-in-a-frame.md`.
 */
const SCRIPT = `
addEventListener("message", ({ data, ports: [port] }) => {
  const library = document.createElement("script");
  library.src = URL.createObjectURL(data);
  library.onerror = () => port.postMessage({ broken: true });
  library.onload = () => {
    let before = Promise.resolve();
    port.onmessage = ({ data }) => { before = before.then(() => draw(data)); };
    port.postMessage({ ready: true });
  };
  document.head.append(library);

  async function draw({ id, code, dark }) {
    try {
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: "strict",
        htmlLabels: false,
        flowchart: { htmlLabels: false },
        suppressErrorRendering: true,
        maxTextSize: 20000,
        maxEdges: 400,
        theme: dark ? "dark" : "neutral",
        fontFamily: "system-ui, sans-serif",
      });
      const { svg } = await mermaid.render("diagram", code);
      const place = document.createElement("div");
      place.innerHTML = svg;
      const picture = place.querySelector("svg");
      const { width, height } = picture.viewBox.baseVal;
      picture.setAttribute("width", width);
      picture.setAttribute("height", height);
      port.postMessage({ id, width, height, svg: new XMLSerializer().serializeToString(picture) });
    } catch (error) {
      port.postMessage({ id, error: String(error && error.message) });
    }
    document.body.replaceChildren();
  }
}, { once: true });
`;

export const DIAGRAM_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Diagrams</title><body><script>${SCRIPT}</script></body></html>`;

const hash = createHash("sha256").update(SCRIPT).digest("base64");

/**
 * The frame is of no origin: it has no cookies and no storage, and nothing of the page around it. It may run our script
 * and the library that it is given, write styles, as the library does, and load nothing at all.
 */
export const DIAGRAM_POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${hash}' blob:`,
  "style-src 'unsafe-inline'",
  "sandbox allow-scripts",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");
