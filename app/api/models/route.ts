import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";

export const GET = route({}, async ({ server }) => json({ models: await server.models.list() }));
