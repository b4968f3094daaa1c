import type { z } from "zod";

/** What may be asked at an address and what it answers. A route parses by it, and `/api/openapi.json` tells it. */
export type Operation = {
  method: "DELETE" | "GET" | "PATCH" | "POST" | "PUT";
  /** With the names of `params` in braces: `/api/conversations/{conversationId}`. */
  path: `/api/${string}`;
  /** One line. */
  summary: string;
  /**
   * An API key speaks for its account and is no device: it must neither make others nor sign people out. What is the
   * admin's is not there for anybody else.
   */
  by: "anybody" | "account" | "device" | "admin";
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Headers that change the answer. */
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** The body is whatever bytes it is, and no JSON: its route reads it. */
  bytes?: true;
  /** How large the body may be, where that is more than elsewhere. */
  bodyMaxBytes?: number;
  /** By status. Refusals are problems at every address, and are not named here. */
  answers: Record<number, Answer>;
};

/** What an answer holds, by media type; nothing at all if none is named. */
export type Answer = {
  json?: z.ZodType;
  /** What the data of each frame of an event stream holds. */
  events?: z.ZodType;
  /** The media types of an answer that is a file. */
  bytes?: readonly string[];
};
