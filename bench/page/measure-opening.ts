import type { Browser, CDPSession } from "@playwright/test";
import { becomesReady, type DeviceKind, freshPage } from "./browser.ts";
import { notesOf } from "./notes.ts";

export type Opening = {
  firstPaintMs: number;
  largestPaintMs: number;
  /** Until it takes what is typed. */
  readyMs: number;
  scriptBytes: number;
  styleBytes: number;
  fontBytes: number;
  documentBytes: number;
  requests: number;
};

export type Visit = { browser: Browser; kind: DeviceKind; url: string; cookie: string };

/** Somebody comes for the first time, with nothing in any cache. */
export async function measureOpening(visit: Visit, path: string): Promise<Opening> {
  const { page, wire, leave } = await freshPage(visit.browser, visit);
  const received = weigh(wire);
  await page.goto(visit.url + path);
  await becomesReady(page);
  const readyMs = await page.evaluate(() => performance.now());
  // A line to the server stays open, so the network is never idle; what is loaded late is asked for when all is drawn.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const { firstPaintMs, largestPaintMs } = await notesOf(page);
  await leave();
  return { firstPaintMs, largestPaintMs, readyMs, ...received() };
}

/** Counts bytes as they come over the wire, compressed and with their headers. */
function weigh(
  wire: CDPSession,
): () => Pick<Opening, "scriptBytes" | "styleBytes" | "fontBytes" | "documentBytes" | "requests"> {
  const kinds = new Map<string, string>();
  const bytes: Record<string, number> = {};
  let requests = 0;
  wire.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
    requests += 1;
  });
  return () => ({
    scriptBytes: bytes.Script ?? 0,
    styleBytes: bytes.Stylesheet ?? 0,
    fontBytes: bytes.Font ?? 0,
    documentBytes: bytes.Document ?? 0,
    requests,
  });
}
