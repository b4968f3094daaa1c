import { z } from "zod";
import { healthSchema, modelListSchema } from "../api.ts";
import type { Operation } from "../operation.ts";

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
  readMetrics: {
    method: "GET",
    path: "/api/metrics",
    summary: "What this server has done so far, for Prometheus; nothing without METRICS=on",
    by: "anybody",
    answers: { 200: { bytes: ["text/plain"] } },
  },
  describeApi: {
    method: "GET",
    path: "/api/openapi.json",
    summary: "This document",
    by: "anybody",
    answers: { 200: { json: z.looseObject({ openapi: z.string() }) } },
  },
} satisfies Record<string, Operation>;
