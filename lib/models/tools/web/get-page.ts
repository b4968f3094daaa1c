import { lookup as lookUp } from "node:dns/promises";
import { get as getPlain, type IncomingMessage } from "node:http";
import { get as getSecure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isAllowed } from "./allowed-hosts.ts";
import { PAGE_MAX_BYTES, REDIRECTS_MAX } from "./limits.ts";
import { isPublicAddress } from "./public-address.ts";

/** Who may be asked, and how names become addresses. */
export type WebDeps = {
  hosts: readonly string[];
  /** All addresses of a name. */
  resolve(name: string): Promise<string[]>;
  isPublic(address: string): boolean;
};

export const openWeb = (hosts: readonly string[]): WebDeps => ({
  hosts,
  resolve: async (name) => (await lookUp(name, { all: true })).map(({ address }) => address),
  isPublic: isPublicAddress,
});

export type Page = { url: string; mediaType: string; text: string };

/**
 * Gets a page of an allowed host. Each redirect is a question of its own, and the connection is made to the very
 * address that was found to be public: a name that says another one a moment later leads nowhere else.
 *
 * @param onAsking told of each host before it is asked
 * @throws a sentence that the model can do something with
 */
export async function* getPage(
  deps: WebDeps,
  address: string,
  signal: AbortSignal,
): AsyncGenerator<{ asking: string } | { page: Page }> {
  let url = parse(address);
  for (let hops = 0; hops <= REDIRECTS_MAX; hops += 1) {
    if (!isAllowed(deps.hosts, url)) {
      throw new Error(`${url.host || url.protocol} may not be read here. Allowed: ${deps.hosts.join(", ")}.`);
    }
    yield { asking: url.host };
    const response = await ask(deps, url, signal);
    const { statusCode: status = 0 } = response;
    const { location } = response.headers;
    if (status >= 300 && status < 400 && location !== undefined) {
      response.destroy();
      url = parse(location, url);
      continue;
    }
    if (status < 200 || status >= 300) {
      response.destroy();
      throw new Error(`${url.host} answered ${status}.`);
    }
    return yield { page: await read(response, url) };
  }
  throw new Error(`${address} led to more than ${REDIRECTS_MAX} other addresses.`);
}

function parse(address: string, base?: URL): URL {
  const url = URL.parse(address, base);
  if (!url) throw new Error(`"${address}" is not an address. Write it as https://host/path.`);
  // Whoever put them there would have them sent along.
  url.username = "";
  url.password = "";
  url.hash = "";
  return url;
}

async function ask(deps: WebDeps, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.protocol === "https:" ? getSecure : getPlain;
  const name = url.hostname.replace(/^\[|\]$/g, "");
  // Nothing is looked up for an address that is written out.
  const addresses = isIP(name) ? [name] : await deps.resolve(name).catch(() => []);
  if (addresses.length === 0) throw new Error(`${url.host} was not found.`);
  if (!addresses.every(deps.isPublic))
    throw new Error(`${url.host} is not a public address, and was not asked.`);
  return new Promise((resolve, reject) => {
    const request = get(url, {
      // Its own connection: one that was kept open might lead elsewhere.
      agent: false,
      lookup: always(addresses),
      signal,
      headers: {
        accept: "text/html, text/markdown, text/plain;q=0.9, application/json;q=0.8",
        "accept-encoding": "identity",
        "user-agent": "Rejoin (reads pages that a person asked about)",
      },
    });
    request.once("response", resolve);
    request.once("error", (cause) =>
      reject(signal.aborted ? signal.reason : new Error(`${url.host} could not be reached.`, { cause })),
    );
  });
}

const always =
  (addresses: string[]): LookupFunction =>
  (_name, options, callback) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };

async function read(response: IncomingMessage, url: URL): Promise<Page> {
  const [mediaType = "", ...parameters] = (response.headers["content-type"] ?? "text/html").split(";");
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response) {
    pieces.push(piece);
    bytes += piece.length;
    // What follows is left unread: the beginning of a page says what it is about.
    if (bytes >= PAGE_MAX_BYTES) break;
  }
  response.destroy();
  const text = decoderFor(parameters).decode(Buffer.concat(pieces).subarray(0, PAGE_MAX_BYTES));
  return { url: url.href, mediaType: mediaType.trim().toLowerCase(), text };
}

function decoderFor(parameters: string[]): TextDecoder {
  const [, charset = "utf-8"] = /charset\s*=\s*"?([^";\s]+)/i.exec(parameters.join(";")) ?? [];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder(); // A name that nobody knows. Most of it will be readable.
  }
}
