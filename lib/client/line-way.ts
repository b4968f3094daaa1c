import { framesOfPage } from "#lib/protocol/line-page";
import type { Frame } from "#lib/protocol/sse";

/** A log, and the number after which it is wanted. */
export type Place = { log: string; after: number };

/** How a line is asked for. */
export type LineWay = {
  /** Where, for logs and the numbers after which they are told. */
  addressOf(places: Place[]): string;
  /** What a page of it says, as the frames that a line would have brought. Throws for what is no page. */
  framesOfPage(content: unknown): Frame[];
};

/** All logs of an account on one line. */
export const SEVERAL_LOGS: LineWay = {
  addressOf: (places) => `/api/follow?${places.map(({ log, after }) => `log=${log}:${after}`).join("&")}`,
  framesOfPage,
};
