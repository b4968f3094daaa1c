import { z } from "zod";
import { healthSchema, modelListSchema } from "../api.ts";
import { connectionQuery, connectionSchema, tickFrameSchema } from "../connection.ts";
import type { Operation } from "../operation.ts";
import { sequenceText } from "../place.ts";

export const instanceOperations = {
  listModels: {
    method: "GET",
    path: "/api/models",
    summary: "The models that are offered",
    by: "account",
    answers: { 200: { json: modelListSchema } },
  },
  readHealth: {
    method: "GET",
    path: "/api/health",
    summary: "Whether this server can answer",
    by: "anybody",
    answers: { 200: { json: healthSchema }, 503: { json: healthSchema } },
  },
  checkConnection: {
    method: "GET",
    path: "/api/connection",
    summary:
      "What shows whether lines get through unharmed: numbered ticks, each when it is due; as JSON, the clocks",
    by: "account",
    query: connectionQuery,
    headers: z.object({ "last-event-id": sequenceText.optional().describe("Wins over `after`.") }),
    answers: { 200: { json: connectionSchema, events: tickFrameSchema } },
  },
  readMetrics: {
    method: "GET",
    path: "/api/metrics",
    summary: "What this server has done so far, for Prometheus; nothing without METRICS=on",
    by: "anybody",
    answers: { 200: { bytes: ["text/plain"] } },
  },
  sweep: {
    method: "GET",
    path: "/api/cron/sweep",
    summary:
      "Take what died with its server and clear away what is old; for who says CRON_SECRET as a bearer token",
    by: "anybody",
    answers: { 202: {} },
  },
  describeApi: {
    method: "GET",
    path: "/api/openapi.json",
    summary: "This document",
    by: "anybody",
    answers: { 200: { json: z.looseObject({ openapi: z.string() }) } },
  },
} satisfies Record<string, Operation>;
