/** What other drivers and poolers read in a database's address. Ours would hand it to Postgres, which refuses it. */
const OF_OTHERS = [
  "channel_binding",
  "connection_limit",
  "gssencmode",
  "pgbouncer",
  "pool_timeout",
  "sslnegotiation",
  "supa",
  "uselibpqcompat",
];

/** A database's address as hosts give it, as our driver takes it. */
export function plainPostgresUrl(given: string): string {
  const url = new URL(given);
  const foreign = OF_OTHERS.filter((name) => url.searchParams.has(name));
  for (const name of foreign) url.searchParams.delete(name);
  return foreign.length === 0 ? given : url.href;
}
