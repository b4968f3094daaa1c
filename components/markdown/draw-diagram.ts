/** A picture of a diagram, as an address that only this page can read, and its size in pixels. */
export type Drawn = { address: string; width: number; height: number };

type Answer = { id?: number; svg?: string; width?: number; height?: number; ready?: true; broken?: true };
type Frame = { draw(code: string, dark: boolean): Promise<Drawn | undefined>; remove(): void };

/** Whatever takes longer hangs, and is let go of with its frame. */
const DRAW_MS = 15_000;
const SIDE_MAX_PX = 20_000;

let frame: Promise<Frame> | undefined;

/**
 * Draws a diagram, elsewhere: what a model wrote is read by a large library that has been led astray before, so that runs
 * in a frame which can reach nothing, and only a picture comes back.
 *
 * @returns undefined for what is no diagram
 */
export async function drawDiagram(code: string, dark: boolean): Promise<Drawn | undefined> {
  frame ??= openFrame();
  try {
    return await (await frame).draw(code, dark);
  } catch {
    // It hangs, or could not be loaded. The code stands there instead, and the next diagram gets another frame.
    frame?.then(
      ({ remove }) => remove(),
      () => undefined,
    );
    frame = undefined;
    return undefined;
  }
}

async function openFrame(): Promise<Frame> {
  const library = await loadLibrary();
  const element = document.createElement("iframe");
  // Never with `allow-same-origin`, by which it would be a page of ours.
  element.setAttribute("sandbox", "allow-scripts");
  element.setAttribute("aria-hidden", "true");
  element.tabIndex = -1;
  Object.assign(element.style, {
    position: "fixed",
    width: "60rem",
    height: "40rem",
    visibility: "hidden",
    zIndex: "-1",
  });
  element.src = "/diagram-frame";
  const { port1: port, port2 } = new MessageChannel();
  const waiting = new Map<number, (answer: Answer) => void>();
  let count = 0;

  const opened = new Promise<void>((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.ready) resolve();
      else if (data.broken) reject(new Error("the library of diagrams does not run"));
      else if (data.id !== undefined) waiting.get(data.id)?.(data);
    };
  });
  element.addEventListener("load", () => element.contentWindow?.postMessage(library, "*", [port2]), {
    once: true,
  });
  document.body.append(element);
  await inTime(opened);

  return {
    draw(code, dark) {
      const id = count++;
      const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
      port.postMessage({ id, code, dark });
      return inTime(answered.then(readPicture)).finally(() => waiting.delete(id));
    },
    remove() {
      port.close();
      element.remove();
    },
  };
}

/** It is a file beside the page's own, asked for only when there is something to draw. */
async function loadLibrary(): Promise<Blob> {
  const answer = await fetch(new URL("../../node_modules/mermaid/dist/mermaid.min.js", import.meta.url));
  if (!answer.ok) throw new Error(`the library of diagrams was answered with ${answer.status}`);
  return new Blob([await answer.arrayBuffer()], { type: "text/javascript" });
}

function readPicture({ svg, width = 0, height = 0 }: Answer): Drawn | undefined {
  const isSize = (side: number) => side > 0 && side <= SIDE_MAX_PX;
  if (typeof svg !== "string" || !isSize(width) || !isSize(height)) return undefined;
  // As an image it runs and loads nothing, whatever is in it.
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  return { address, width: Math.ceil(width), height: Math.ceil(height) };
}

function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the diagram takes too long")), DRAW_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
