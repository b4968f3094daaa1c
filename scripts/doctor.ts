import { connect } from "node:tls";
import { type Fetch, failureOf } from "#lib/client/ask";
import { browserClock } from "#lib/client/clock";
import { checkConnection } from "#lib/client/connection/check-connection";
import { type Finding, inOrder } from "#lib/client/connection/findings";
import { connectionWords } from "#words/connection";
import { onStopSignal } from "./on-stop-signal.ts";
import { explain, Refusal } from "./refusal.ts";

const { doctor, report } = connectionWords;

// Tries a deployment from outside, as a browser would. It needs nothing but its address, and a key where no guests are let in.
const stopping = new AbortController();
onStopSignal({ stop: () => stopping.abort(), leave: () => process.exit(130) });
try {
  process.exitCode = await examine(process.argv[2]);
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
process.exit();

/** Says what is well and what is not, and gives the exit code. */
async function examine(address: string | undefined): Promise<number> {
  const url = URL.parse(address ?? "");
  if (!url || !/^https?:$/.test(url.protocol)) throw new Refusal(doctor.usage);
  console.info(`${doctor.checking(url.origin)}\n`);
  const findings: Finding[] = [];
  try {
    const deps = {
      fetch: asSomebody(url, await letIn(url)),
      clock: browserClock,
      httpVersion: () => httpVersion(url),
      signal: stopping.signal,
    };
    await checkConnection(deps, (finding) => findings.push(finding));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(doctor.failed(error instanceof Error ? error.message : String(error)));
  }
  console.info(report(inOrder(findings)));
  return findings.some(({ verdict }) => verdict === "wrong") ? 1 : 0;
}

/** What says who asks: the key that was given, or the cookie of a guest. */
async function letIn(url: URL): Promise<Record<string, string>> {
  const key = process.env.REJOIN_KEY;
  if (key) return { authorization: `Bearer ${key}` };
  const response = await fetch(new URL("/api/auth/sign-in/anonymous", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
    signal: stopping.signal,
  });
  if (response.status >= 500) throw await failureOf(response);
  await response.body?.cancel();
  if (!response.ok) throw new Refusal(doctor.noGuests);
  return {
    cookie: response.headers
      .getSetCookie()
      .map((set) => set.split(";")[0])
      .join("; "),
  };
}

function asSomebody(url: URL, who: Record<string, string>): Fetch {
  return (address, init) => {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(who)) headers.set(name, value);
    return fetch(new URL(address, url), { ...init, headers });
  };
}

/** What a browser would be offered: without TLS none but the oldest. */
function httpVersion(url: URL): Promise<string | null> {
  if (url.protocol === "http:") return Promise.resolve("http/1.1");
  return new Promise((resolve) => {
    const { hostname: host } = url;
    const socket = connect({
      host,
      servername: host,
      port: Number(url.port || 443),
      ALPNProtocols: ["h2", "http/1.1"],
    });
    socket.once("secureConnect", () => {
      resolve(socket.alpnProtocol || "http/1.1");
      socket.end();
    });
    socket.once("error", () => resolve(null));
  });
}
