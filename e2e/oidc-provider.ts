import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/**
 * An OpenID provider that others wrote, on a port of its own. Its form lets in whoever gives a name. It has one client,
 * and is there as soon as it knows where that one comes back to.
 */
export async function startOidcProvider() {
  const client = { id: "rejoin", secret: "a secret of the provider and its client" };
  let answer: ReturnType<Provider["callback"]> | undefined;
  const server = createServer((request, response) => {
    if (answer) void answer(request, response);
    else response.writeHead(503).end();
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    client,
    knows(redirectUri: string): void {
      answer = new Provider(issuer, {
        clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] }],
        claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
        conformIdTokenClaims: false,
        cookies: { keys: ["of tests alone"] },
        findAccount: (_, name) => ({
          accountId: name,
          claims: () => ({ sub: name, name, email: `${name}@example.test`, email_verified: true }),
        }),
      }).callback();
    },
    async stop(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
