import { DIAGRAM_PAGE } from "#lib/http/diagram-frame";

/** The page within a page that draws diagrams. Its headers, which make it harmless, are in `next.config.ts`. */
export const GET = () =>
  new Response(DIAGRAM_PAGE, {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" },
  });
