import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Transform } from "node:stream";

export type Network = Awaited<ReturnType<typeof startProxy>>;

/** What the pages of a network say that wants a sign-in of its own. */
const PORTAL = "<!doctype html><title>Welcome</title><p>data: Accept our terms first.</p>";

/** A browser's connection, the one to the server that goes with it, and what was asked on it last. */
type Pair = { browser: Socket; server: Socket; asked: string };

/** Stands between a browser and a server, as a network does, and fails as networks do. */
export async function startProxy(url: string) {
  let target = url;
  let isHolding = false;
  let delayMs = 0;
  let idleMs = 0;
  let portal: "page" | "elsewhere" | undefined;
  const pairs = new Set<Pair>();
  /** Of the requests for a line: how many there ever were. */
  let linesAsked = 0;
  const portalServer = createHttpServer((_request, response) => {
    response.setHeader("connection", "close");
    if (portal === "elsewhere") response.writeHead(302, { location: "http://portal.invalid/" }).end();
    else response.writeHead(200, { "content-type": "text/html" }).end(PORTAL);
  });
  const server = createServer((browser) => {
    if (portal) return void portalServer.emit("connection", browser);
    const { hostname, port } = new URL(target);
    const pair: Pair = { browser, server: connect(Number(port), hostname), asked: "" };
    pairs.add(pair);
    const delayed = delayMs;
    browser.on("data", (piece: Buffer) => {
      const [, path] = /^[A-Z]+ (\S+) HTTP/.exec(piece.toString("latin1")) ?? [];
      if (path !== undefined) pair.asked = path;
      if (path !== undefined && isLine(pair)) linesAsked++;
    });
    browser
      .pipe(pair.server)
      .pipe(holdStreams(() => isHolding))
      .pipe(delay(delayed))
      .pipe(browser);
    if (idleMs > 0) pair.server.setTimeout(idleMs, () => pair.server.destroy());
    endTogether([browser, pair.server], () => pairs.delete(pair));
  });
  await listen(server, 0);
  const own = (server.address() as AddressInfo).port;

  function breakAll() {
    for (const { browser, server } of pairs) for (const socket of [browser, server]) socket.destroy();
  }

  /** Breaks every connection, and takes no new one. */
  async function cut() {
    const closed = once(server, "close");
    server.close();
    breakAll();
    portalServer.closeAllConnections();
    await closed;
  }

  return {
    url: `http://localhost:${own}`,
    cut,

    /** Takes connections again. */
    mend: () => listen(server, own),

    /** New connections go to another server, as where several stand behind one address. */
    pointTo(other: string) {
      target = other;
    },

    /** From now on it holds each event stream back until that ends, as proxies do that look at whole answers. */
    hold(isOn = true) {
      isHolding = isOn;
      breakAll();
    },

    /** The connections that are open stay so, and carry nothing any more. New ones are as ever. */
    hush() {
      for (const { browser, server } of pairs)
        for (const socket of [browser, server]) socket.unpipe().pause();
    },

    /** The next piece of each open line arrives up to the middle of a letter of several bytes. Then it breaks. */
    truncate() {
      for (const pair of [...pairs].filter(isLine)) cutInLetter(pair);
    },

    /** On new connections everything takes so long, and those that are open break. */
    slow(ms: number) {
      delayMs = ms;
      breakAll();
    },

    /** A connection over which nothing came for so long is broken. */
    cutIdle(ms: number) {
      idleMs = ms;
      breakAll();
    },

    /** The network answers everything itself, with a page or by sending to one, until it is told to let people through. */
    capture(how: typeof portal) {
      portal = how;
      breakAll();
      portalServer.closeAllConnections();
    },

    /** How many lines are open now, and how many were ever asked for. */
    lines: () => ({ open: [...pairs].filter(isLine).length, asked: linesAsked }),

    async stop() {
      if (server.listening) await cut();
    },
  };
}

const isLine = ({ asked }: Pair) => asked.startsWith("/api/follow?");

/** A letter that takes more than one byte begins so. */
const LONG_LETTER = 0xc0;

function cutInLetter({ browser, server }: Pair) {
  server.on("data", (piece: Buffer) => {
    const letter = piece.findIndex((byte) => byte >= LONG_LETTER);
    if (letter < 0) return;
    server.unpipe();
    browser.end(piece.subarray(0, letter + 1), () => browser.destroy());
  });
}

function delay(ms: number): Transform {
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      if (ms === 0) done(null, piece);
      else setTimeout(() => done(null, piece), ms);
    },
  });
}

/** Passes everything on, but of an event stream nothing before its end. */
function holdStreams(isHolding: () => boolean): Transform {
  const held: Buffer[] = [];
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      const isStream = /^content-type: text\/event-stream/im.test(piece.toString("latin1"));
      if (held.length === 0 && !(isHolding() && isStream)) return done(null, piece);
      held.push(piece);
      done();
    },
    flush: (done) => done(null, Buffer.concat(held)),
  });
}

function endTogether([one, other]: [Socket, Socket], onEnd: () => void): void {
  for (const [socket, opposite] of [
    [one, other],
    [other, one],
  ] as const) {
    // A broken connection is told as an error first; for whoever is at the other end it is an end like any other.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      opposite.destroy();
      onEnd();
    });
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port);
  await once(server, "listening");
}
