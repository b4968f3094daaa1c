import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The one model that it has, and its id in the product. */
const MODEL = "held";
export const HELD_MODEL = `openai-compatible/${MODEL}`;

/** A request of the product for an answer. The test says what the model says, and when. */
export type ModelCall = {
  /** What it was asked, as it came. */
  asked: Promise<string>;
  say(text: string): void;
  end(): void;
  /** Resolves when the product hangs up before the answer has ended. */
  hungUp: Promise<void>;
};

export type Provider = {
  url: string;
  /** The next request that nobody has taken yet, as soon as it is there. */
  called(): Promise<ModelCall>;
  openCalls(): number;
  stop(): Promise<void>;
};

/** A model server that speaks as OpenAI's do, on a real port, and says only what it is told to. */
export async function startProvider(): Promise<Provider> {
  const calls: ModelCall[] = [];
  const takers: ((call: ModelCall) => void)[] = [];
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    open.add(response);
    response.once("close", () => open.delete(response));
    const call = { asked: textOf(request), ...answering(response) };
    const taker = takers.shift();
    if (taker) taker(call);
    else calls.push(call);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    called: () => {
      const call = calls.shift();
      return call ? Promise.resolve(call) : new Promise((resolve) => takers.push(resolve));
    },
    openCalls: () => open.size,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The settings by which a server has this provider's model, and no other unless it is asked for. */
export const heldBy = ({ url }: Provider) => ({
  OPENAI_COMPATIBLE_BASE_URL: url,
  OPENAI_COMPATIBLE_MODELS: MODEL,
  DEFAULT_MODEL: HELD_MODEL,
});

async function textOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await Array.fromAsync(request)).toString();
}

function answering(response: ServerResponse): Omit<ModelCall, "asked"> {
  const hungUp = new Promise<void>((resolve) => {
    response.once("close", () => {
      if (!response.writableFinished) resolve();
    });
  });
  const write = (choice: object) => {
    if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream" });
    const chunk = { id: "1", created: 1, model: MODEL, choices: [{ index: 0, delta: {}, ...choice }] };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  return {
    say: (content) => write({ delta: { role: "assistant", content } }),
    end() {
      write({ finish_reason: "stop" });
      response.end("data: [DONE]\n\n");
    },
    hungUp,
  };
}
