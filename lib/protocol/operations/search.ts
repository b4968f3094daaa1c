import type { Operation } from "../operation.ts";
import { searchHitsSchema, searchQuery } from "../search.ts";

export const searchOperations = {
  search: {
    method: "GET",
    path: "/api/search",
    summary:
      "Find words in the account's titles and messages, the best first, with what was found around them",
    by: "account",
    query: searchQuery,
    answers: { 200: { json: searchHitsSchema } },
  },
} satisfies Record<string, Operation>;
