import { route } from "#lib/http/route";
import { mustBeSweeper } from "#lib/http/sweeper";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.sweep, async ({ request, server }) => {
  mustBeSweeper(request, server.sweepSecret);
  server.sweep();
  return new Response(null, { status: 202 });
});
