import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Entry } from "#lib/protocol/event";
import { controlFrame, entryFrame, retryFrame } from "#lib/protocol/sse";
import type { Fetch } from "./ask.ts";

export type Place = { log: string; after: number };
export type Line = { places: Place[]; response: ServerResponse };
export type Answer = (request: IncomingMessage, response: ServerResponse, body: unknown) => void;

/**
 * A real HTTP server for tests that keeps logs in memory and speaks PROTOCOL.md's frames. What a test wants to go
 * wrong, it says: `script` answers the next requests for a line, `routes` everything else.
 */
export async function startLogServer() {
  const logs = new Map<string, Entry<object>[]>();
  /** Every request for a line, as it was asked. */
  const asked: Place[][] = [];
  /** Every request for a page of a line. */
  const polled: Place[][] = [];
  const waiting = new Set<() => void>();
  const open = new Set<Line>();
  const script: ((line: Line) => void)[] = [];
  const routes = new Map<string, Answer>();
  const calls: { name: string; body: unknown }[] = [];

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://server");
    if (url.pathname === "/api/follow") {
      const places = url.searchParams.getAll("log").map(placeOf);
      if (request.headers.accept !== "application/json") return follow(places, response);
      return tellPage(places, Number(url.searchParams.get("wait")), response);
    }
    const name = `${request.method} ${url.pathname}`;
    const text = Buffer.concat(await Array.fromAsync(request)).toString();
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    calls.push({ name, body });
    const answer = routes.get(name) ?? routes.get("*");
    if (answer) answer(request, response, body);
    else answerProblem(response, 404, "not-found");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  function follow(places: Place[], response: ServerResponse) {
    asked.push(places);
    const line = { places, response };
    const scripted = script.shift();
    if (scripted) return scripted(line);
    tellAll(line);
  }

  /** What a healthy server does: everything that is there, and then whatever comes. */
  function tellAll(line: Line) {
    startLine(line);
    for (const { log, after } of line.places) {
      const entries = logs.get(log);
      if (!entries) return line.response.end();
      const head = entries.at(-1)?.sequence ?? 0;
      if (after > head) line.response.write(controlFrame("reset", { log, sequence: head }));
      else for (const entry of entries) if (entry.sequence > after) line.response.write(frameOf(log, entry));
      line.response.write(controlFrame("caught-up", { log, sequence: head }));
    }
  }

  /** One page for those who poll. With nothing to tell, it waits for the next entry if it is to wait at all. */
  function tellPage(places: Place[], waitSeconds: number, response: ServerResponse) {
    polled.push(places);
    const tell = () => {
      const told = places.flatMap(({ log, after }): object[] => {
        const entries = logs.get(log) ?? [];
        const sequence = entries.at(-1)?.sequence ?? 0;
        if (after > sequence) return [{ log, sequence, reset: true }];
        const news = entries.filter((entry) => entry.sequence > after).map((entry) => ({ log, ...entry }));
        return [...news, { log, sequence, caughtUp: true }];
      });
      if (told.length === places.length && waitSeconds > 0) return;
      waiting.delete(tell);
      answerJson(response, 200, { told });
    };
    waiting.add(tell);
    tell();
  }

  function startLine(line: Line) {
    line.response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    line.response.write(retryFrame(1_000));
    open.add(line);
    line.response.on("close", () => open.delete(line));
  }

  return {
    fetch: ((address, init) => fetch(`http://127.0.0.1:${port}${address}`, init)) as Fetch,
    asked,
    polled,
    calls,
    script,
    routes,
    open,
    startLine,
    tellAll,

    startAndEnd(line: Line) {
      startLine(line);
      line.response.end();
    },

    log: (name: string) => logs.get(name) ?? [],

    /** Appends events to a log and tells the open lines of it. */
    append(log: string, ...events: object[]) {
      const entries = logs.get(log) ?? [];
      logs.set(log, entries);
      for (const event of events) {
        const sequence = (entries.at(-1)?.sequence ?? 0) + 1;
        const entry = { first: sequence, sequence, event };
        entries.push(entry);
        for (const { places, response } of open) {
          if (places.some((place) => place.log === log)) response.write(frameOf(log, entry));
        }
      }
      for (const tell of [...waiting]) tell();
    },

    /** Writes to all open lines. */
    write(text: string) {
      for (const { response } of open) response.write(text);
    },

    /** Breaks all open lines, as a network does. */
    cut() {
      for (const { response } of open) response.destroy();
    },

    /** Ends all open lines without a word. */
    end() {
      for (const { response } of open) response.end();
    },

    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type LogServer = Awaited<ReturnType<typeof startLogServer>>;

export function frameOf(log: string, { first, sequence, event }: Entry<object>): string {
  return entryFrame({ id: `${log}:${sequence}`, log, first, sequence, eventText: JSON.stringify(event) });
}

export function answerJson(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export function answerProblem(response: ServerResponse, status: number, code: string, headers = {}) {
  response.writeHead(status, { "content-type": "application/problem+json", ...headers });
  response.end(JSON.stringify({ type: "about:blank", title: code, status, detail: `It is ${code}.`, code }));
}

function placeOf(text: string): Place {
  const [log = "", after = ""] = text.split(":");
  return { log, after: Number(after) };
}
