import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Transform } from "node:stream";

export type Network = Awaited<ReturnType<typeof startProxy>>;

/** Stands between a browser and a server, as a network does, and fails as networks do. */
export async function startProxy(url: string) {
  let target = url;
  let isHolding = false;
  const pairs = new Set<[Socket, Socket]>();
  const server = createServer((browser) => {
    const { hostname, port } = new URL(target);
    const pair: [Socket, Socket] = [browser, connect(Number(port), hostname)];
    pairs.add(pair);
    const [, server] = pair;
    browser
      .pipe(server)
      .pipe(holdStreams(() => isHolding))
      .pipe(browser);
    endTogether(pair, () => pairs.delete(pair));
  });
  await listen(server, 0);
  const own = (server.address() as AddressInfo).port;

  /** Breaks every connection, and takes no new one. */
  async function cut() {
    const closed = once(server, "close");
    server.close();
    for (const pair of pairs) for (const socket of pair) socket.destroy();
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
    hold() {
      isHolding = true;
    },

    /** The connections that are open stay so, and carry nothing any more. New ones are as ever. */
    hush() {
      for (const pair of pairs) for (const socket of pair) socket.unpipe().pause();
    },

    async stop() {
      if (server.listening) await cut();
    },
  };
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
