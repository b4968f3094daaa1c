import { json } from "#lib/http/answers";
import { describeApi } from "#lib/http/openapi";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";
import { version } from "../../../package.json";

const document = describeApi({ version });

export const GET = route(operations.describeApi, async () => json(document));
