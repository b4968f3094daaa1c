/**
 * Whether a setting names the host of an address: exactly, with its port if it is not the usual one, or by
 * `*.example.org`, which stands for every name below it and not for `example.org` itself.
 */
export function isAllowed(hosts: readonly string[], { protocol, host }: URL): boolean {
  if (protocol !== "https:" && protocol !== "http:") return false;
  return hosts.some((allowed) =>
    allowed.startsWith("*.") ? host.endsWith(allowed.slice(1)) : host === allowed,
  );
}
