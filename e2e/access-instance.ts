import type { Row, Statuses } from "./access-table.ts";

type Given = Record<"account" | "anybody", (status: number) => Statuses>;

/** What can be asked of the instance itself. */
export const instanceRows = ({ account, anybody }: Given): Row[] => [
  { route: "GET /api/models", statuses: account(200), ask: () => ["/api/models"] },
  { route: "GET /api/health", statuses: anybody(200), ask: () => ["/api/health"] },
  { route: "GET /api/connection", statuses: account(200), ask: () => ["/api/connection"] },
  {
    route: "GET /api/connection",
    statuses: account(200),
    ask: () => ["/api/connection?ticks=2&everyMs=1", { headers: { accept: "text/event-stream" } }],
  },
  { route: "GET /api/metrics", statuses: anybody(404), ask: () => ["/api/metrics"] },
  { route: "GET /api/cron/sweep", statuses: anybody(404), ask: () => ["/api/cron/sweep"] },
  { route: "GET /api/openapi.json", statuses: anybody(200), ask: () => ["/api/openapi.json"] },
];
