import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers one request to a fake provider. */
export type Answer = (response: ServerResponse) => void;

export type FakeProvider = {
  url: string;
  /** The bodies of all requests so far. */
  requests: Record<string, unknown>[];
  /** The next requests get these answers, in this order. */
  answer(...answers: Answer[]): void;
  /** Resolves when a request has ended that we had not answered to its end. */
  hungUp: Promise<void>;
  stop(): Promise<void>;
};

/** A provider for tests, on a real port, that can do what real ones do on their bad days. */
export async function startFakeProvider(): Promise<FakeProvider> {
  const requests: Record<string, unknown>[] = [];
  const answers: Answer[] = [];
  const { promise: hungUp, resolve: hangUp } = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    response.on("close", () => {
      if (!response.writableFinished) hangUp();
    });
    requests.push(await bodyOf(request));
    const answer = answers.shift() ?? refuse(500, { error: { message: "No answer was prepared." } });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (...more) => void answers.push(...more),
    hungUp,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function refuse(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
}

/** Streams events, then ends well, breaks the connection, or says nothing more. */
export function stream(events: object[], then: "end" | "break" | "silence" = "end"): Answer {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const text = events.map((event) => `${eventLine(event)}data: ${JSON.stringify(event)}\n\n`).join("");
    response.write(text || ": nothing\n\n", () => {
      if (then === "end") response.end();
      if (then === "break") response.destroy();
    });
  };
}

/** Takes the request and says nothing at all. */
export const silence: Answer = () => undefined;

export const openaiEvents = {
  start: [
    { type: "response.created", response: { id: "resp_1", created_at: 1, model: "gpt-6-astra" } },
    { type: "response.in_progress", response: { id: "resp_1", created_at: 1, model: "gpt-6-astra" } },
  ],
  text: (...deltas: string[]) => [
    { type: "response.output_item.added", output_index: 0, item: { type: "message", id: "msg_1" } },
    ...deltas.map((delta) => ({ type: "response.output_text.delta", item_id: "msg_1", delta })),
  ],
  call: (name: string) => {
    const item = { type: "function_call", id: "fc_1", call_id: "call_1", name };
    return [
      { type: "response.output_item.added", output_index: 0, item: { ...item, arguments: "" } },
      {
        type: "response.output_item.done",
        output_index: 0,
        item: { ...item, arguments: "{}", status: "completed" },
      },
      {
        type: "response.completed",
        response: { id: "resp_1", usage: { input_tokens: 3, output_tokens: 2 } },
      },
    ];
  },
  tooLong: [
    {
      type: "response.incomplete",
      response: {
        id: "resp_1",
        incomplete_details: { reason: "max_output_tokens" },
        usage: { input_tokens: 3, output_tokens: 2 },
      },
    },
  ],
  end: [
    { type: "response.output_item.done", output_index: 0, item: { type: "message", id: "msg_1" } },
    {
      type: "response.completed",
      response: { id: "resp_1", usage: { input_tokens: 3, output_tokens: 2 } },
    },
  ],
};

export const anthropicEvents = {
  start: [
    {
      type: "message_start",
      message: { id: "msg_1", model: "claude-sonnet-5-5", usage: { input_tokens: 3, output_tokens: 1 } },
    },
    { type: "ping" },
  ],
  text: (...deltas: string[]) => [
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    ...deltas.map((text) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })),
  ],
  end: [
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 2 } },
    { type: "message_stop" },
  ],
  error: (type: string) => [{ type: "error", error: { type, message: "Overloaded" } }],
};

function eventLine(event: object): string {
  return "type" in event ? `event: ${event.type}\n` : "";
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const piece of request) text += piece;
  return text === "" ? {} : JSON.parse(text);
}
