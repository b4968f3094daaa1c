import type { Sql } from "postgres";

/**
 * The same client, with everything prepared that Drizzle sends through it.
 *
 * Drizzle asks for its statements not to be. Then each is parsed and planned anew, and takes two journeys: one to
 * learn the types of its parameters, one to run. A prepared one is kept with its connection, by its text: a text
 * that grew with the length of a list would be kept once for each length (see `isOneOf`). Where the connection was
 * opened with `prepare: false`, that holds.
 */
export function preparing<Client extends Pick<Sql, "unsafe">>(client: Client): Client {
  return new Proxy(client, {
    get(target, name) {
      if (name === "unsafe") {
        return (text: string, values: never[]) => target.unsafe(text, values, { prepare: true });
      }
      const value: unknown = Reflect.get(target, name);
      if (name !== "begin" && name !== "savepoint") return value;
      const begin = value as (work: (inner: Client) => unknown) => unknown;
      return (work: (inner: Client) => unknown) => begin((inner) => work(preparing(inner)));
    },
  });
}
