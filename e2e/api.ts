import { randomUUID } from "node:crypto";
import type { ApiKey } from "#lib/protocol/accounts";
import type { Cancelled, Problem, Sent } from "#lib/protocol/api";
import type { Conversation, Generation, Message, Snapshot } from "#lib/protocol/event";
import { type Asked, checkAnswer, checkFrame, checkHead } from "./contract.ts";
import { type Frame, readFrames } from "./frames.ts";

export type Ask = {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON; bytes and texts as they stand. */
  body?: unknown;
  signal?: AbortSignal;
};

/** What was answered, read to its end. */
export type Answer<Body = unknown> = { status: number; headers: Headers; body: Body };

/** An open event stream. */
export type Line = {
  status: number;
  headers: Headers;
  frames: AsyncGenerator<Frame>;
  /** Hangs up. */
  leave(): void;
};

export type Ended = { message: Message; generation: Generation; sequence: number };
export type Page = {
  entries: { first: number; sequence: number; event: Record<string, unknown> & { type: string } }[];
  sequence: number;
  generating: boolean;
  reset?: true;
};

export type Api = ReturnType<typeof createApi>;

/** Who speaks: a browser by its cookie, a program by its API key, or nobody. */
type Speaker = {
  url: string;
  cookie?: string | undefined;
  key?: string;
  /** For who measures: what is said is taken as it comes, or what is measured would be the check. */
  unchecked?: boolean;
};

/** Somebody, with the cookie that makes them who they are. */
export type SignedIn = Api & { accountId: string };

/** Someone nobody has seen before. */
export const signInAsGuest = (url: string, options: Pick<Speaker, "unchecked"> = {}): Promise<SignedIn> =>
  comeIn({ url, ...options }, "/api/auth/sign-in/anonymous", {});

/** Somebody with an account that is theirs for good. */
export const signUp = (url: string): Promise<SignedIn> =>
  comeIn({ url }, "/api/auth/sign-up/email", {
    name: "Somebody",
    email: `${randomUUID()}@example.org`,
    password: "long enough",
  });

/** By one of better-auth's ways in, on a device of its own. */
export async function comeIn(speaker: Speaker, path: string, body: object): Promise<SignedIn> {
  const response = await createApi(speaker).fetch(path, { body, headers: fromElsewhere() });
  if (!response.ok) throw new Error(`nobody was let in: ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((set) => set.split(";")[0]);
  const { user } = (await response.json()) as { user: { id: string } };
  return { ...createApi({ ...speaker, cookie: cookie.join("; ") }), accountId: user.id };
}

/** An address of its own: passwords are counted by where they come from. */
export const fromElsewhere = () => ({ "x-forwarded-for": `10.${byte()}.${byte()}.${byte()}` });

const byte = () => Math.floor(Math.random() * 256);

/** A program of theirs, with a key that was made for it. */
export async function withKey({ url, ask }: Api): Promise<{ apiKey: ApiKey; key: Api }> {
  const made = await ask<{ apiKey: ApiKey; key: string }>("/api/api-keys", { body: { name: "A program" } });
  return { apiKey: made.body.apiKey, key: createApi({ url, key: made.body.key }) };
}

/** The wire as anybody's program would speak it. Every answer is held against what the server says of itself. */
export function createApi({ url, cookie, key, unchecked = false }: Speaker) {
  const bare = async (path: string, ask: Ask = {}): Promise<Response> => {
    const { headers, body, signal } = ask;
    const isRaw = typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;
    const response = await fetch(url + path, {
      method: methodOf(ask),
      headers: {
        ...(cookie !== undefined && { cookie }),
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? (body as BodyInit) : JSON.stringify(body), duplex: "half" }),
      ...(signal && { signal }),
    } as RequestInit);
    if (!unchecked) checkHead(askedBy(path, ask), response);
    return response;
  };

  async function ask<Body>(path: string, options: Ask = {}): Promise<Answer<Body>> {
    const response = await bare(path, options);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    const { status, headers } = response;
    const answer = { status, headers, body: isJson ? JSON.parse(text) : text };
    if (!unchecked) checkAnswer(askedBy(path, options), answer);
    return answer as Answer<Body>;
  }

  async function must<Body>(status: number, path: string, options: Ask = {}): Promise<Body> {
    const answer = await ask<Body>(path, options);
    if (answer.status === status) return answer.body;
    throw new Error(
      `${options.method ?? ""} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`,
    );
  }

  async function line(path: string, options: Ask = {}): Promise<Line> {
    const hangUp = new AbortController();
    const response = await bare(path, {
      ...options,
      headers: { accept: "text/event-stream", ...options.headers },
      signal: hangUp.signal,
    });
    const { status, headers, body } = response;
    const asked = askedBy(path, options);
    const frames = readFrames(status === 200 && body ? body : noBytes());
    return {
      status,
      headers,
      frames: unchecked ? frames : checked(frames, (frame) => checkFrame(asked, response, frame)),
      leave: () => hangUp.abort(),
    };
  }

  const of = (conversationId: string) => `/api/conversations/${conversationId}`;
  const prompt = (text: string | object) =>
    typeof text === "string" ? { id: randomUUID(), text } : { id: randomUUID(), ...text };

  return {
    url,
    cookie,
    fetch: bare,
    ask,
    line,
    /** A problem, and nothing else: fails if the request was taken. */
    async refused(path: string, options: Ask = {}): Promise<Answer<Problem>> {
      const answer = await ask<Problem>(path, options);
      if (answer.status >= 400) return answer;
      throw new Error(`${path} was taken: ${answer.status} ${JSON.stringify(answer.body)}`);
    },
    create: async (body: object = {}) =>
      (await must<{ conversation: Conversation }>(201, "/api/conversations", { body })).conversation,
    snapshot: (conversationId: string) => must<Snapshot>(200, of(conversationId)),
    send: (conversationId: string, text: string | object) =>
      must<Sent>(202, `${of(conversationId)}/messages`, { body: prompt(text) }),
    /** Sends, and waits for the answer. */
    answered: (conversationId: string, text: string | object) =>
      must<Ended>(200, `${of(conversationId)}/messages`, {
        body: prompt(text),
        headers: { prefer: "wait=50" },
      }),
    cancel: (generationId: string) =>
      must<Cancelled>(200, `/api/generations/${generationId}/cancel`, { method: "POST" }),
    page: (conversationId: string, query: string) => must<Page>(200, `${of(conversationId)}/events?${query}`),
    events: (conversationId: string, query = "", headers: Record<string, string> = {}) =>
      line(`${of(conversationId)}/events?${query}`, { headers }),
  };
}

const methodOf = ({ method, body }: Ask) => method ?? (body === undefined ? "GET" : "POST");
const askedBy = (path: string, ask: Ask): Asked => ({ method: methodOf(ask), path });

async function* checked(frames: AsyncGenerator<Frame>, check: (frame: Frame) => void): AsyncGenerator<Frame> {
  for await (const frame of frames) {
    check(frame);
    yield frame;
  }
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}
