import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverrideContext,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from "zod-openapi";
import { failures } from "#lib/errors";
import { apiKeySchema, deviceSchema } from "#lib/protocol/accounts";
import { modelSchema, problemSchema, sentSchema } from "#lib/protocol/api";
import {
  accountEventSchema,
  conversationEventSchema,
  conversationItemSchema,
  conversationSchema,
  generationSchema,
  messageSchema,
  snapshotSchema,
} from "#lib/protocol/event";
import { storedFileSchema } from "#lib/protocol/file";
import { idSchema } from "#lib/protocol/ids";
import type { Answer, Operation } from "#lib/protocol/operation";
import { operations } from "#lib/protocol/operations";
import { entrySchema, namedEntrySchema } from "#lib/protocol/told";

export type ApiDocument = ReturnType<typeof describeApi>;

/** What has a name in the document. Everything else is written out where it stands. */
const NAMES: Record<string, z.ZodType> = {
  AccountEvent: accountEventSchema,
  ApiKey: apiKeySchema,
  Conversation: conversationSchema,
  ConversationEvent: conversationEventSchema,
  ConversationItem: conversationItemSchema,
  Device: deviceSchema,
  Entry: entrySchema,
  File: storedFileSchema,
  Generation: generationSchema,
  Id: idSchema,
  Message: messageSchema,
  Model: modelSchema,
  NamedEntry: namedEntrySchema,
  Problem: problemSchema,
  Sent: sentSchema,
  Snapshot: snapshotSchema,
};

const SECURITY: Record<Operation["by"], { [scheme: string]: string[] }[]> = {
  anybody: [],
  account: [{ cookie: [] }, { apiKey: [] }],
  device: [{ cookie: [] }],
  admin: [{ cookie: [] }],
};

/** The table of operations as OpenAPI has it. */
export function describeApi({ version }: { version: string }) {
  for (const [id, schema] of Object.entries(NAMES)) schema.register(z.globalRegistry, { id });
  return createDocument(
    {
      openapi: "3.1.1",
      info: { title: "Rejoin", version, description: DESCRIPTION },
      paths: pathsOf(operations),
      components: {
        securitySchemes: {
          cookie: {
            type: "apiKey",
            in: "cookie",
            name: "rejoin.session_token",
            description: "What signing in sets.",
          },
          apiKey: { type: "http", scheme: "bearer", description: "An API key, made in the settings." },
        },
      },
    },
    { override },
  );
}

function override({ zodSchema, jsonSchema }: ZodOpenApiOverrideContext): void {
  // What a format says already, and what every number of JavaScript is.
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (zodSchema === problemSchema.shape.code) Object.assign(jsonSchema, CODES);
}

const DESCRIPTION = `A conversation is a log: read a snapshot, and follow what comes after its sequence.
What is not yours answers exactly as what does not exist. Every refusal is a problem (RFC 9457) with one of a closed list of codes.`;

function pathsOf(table: Record<string, Operation>): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, operation] of Object.entries(table)) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describeOperation(name, operation),
    };
  }
  return paths;
}

function describeOperation(name: string, operation: Operation): ZodOpenApiOperationObject {
  const { path, summary, by, params, query, headers, body, bytes, answers } = operation;
  return {
    operationId: name,
    summary,
    tags: [path.split("/")[2] ?? ""],
    security: SECURITY[by],
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(headers && { header: headers }),
    },
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    ...(bytes && { requestBody: { required: true, content: { "*/*": { schema: BYTES } } } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer)]),
      ),
      default: refusal,
    },
  };
}

function describeAnswer({ json, events, bytes = [] }: Answer): ZodOpenApiResponseObject {
  const files = Object.fromEntries(bytes.map((type) => [type, { schema: BYTES }]));
  if (bytes.length > 0 && !json) return { description: "The file.", content: files };
  if (!json && !events) return { description: "Done; there is nothing to say." };
  return {
    description: events ? EVENTS : "As asked.",
    content: {
      ...(json && { "application/json": { schema: json } }),
      ...(events && { "text/event-stream": { schema: events } }),
      ...files,
    },
  };
}

/** Bytes need no schema beside their media type, but everything is easier to check with one. */
const BYTES = { type: "string" as const, description: "Bytes." };

const EVENTS =
  "As `Accept` asks. Of an event stream, the schema is that of each frame's data: a frame without a name is an entry, its id a sequence to come back with; " +
  "`caught-up`, `reset` and `bye` are named. Where the stream is to end, its last data is `[DONE]`.";

/** Readers take any code, because a later server may have more. What this one says is in the closed list. */
const CODES = {
  enum: Object.keys(failures),
  description: Object.entries(failures)
    .map(([code, { status, title }]) => `- \`${code}\` (${status}): ${title}.`)
    .join("\n"),
};

const refusal: ZodOpenApiResponseObject = {
  description: "A refusal. `detail` says what to do.",
  content: { "application/problem+json": { schema: problemSchema } },
};
