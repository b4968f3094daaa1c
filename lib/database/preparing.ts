import type { Sql } from "postgres";
import { unlessStale } from "./unless-stale.ts";

/**
 * The same client, with everything prepared that Drizzle sends through it, and asked again where it was not heard.
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
        return (text: string, values: never[]) =>
          askedAgain(() => target.unsafe(text, values, { prepare: true }));
      }
      const value: unknown = Reflect.get(target, name);
      if (name !== "begin" && name !== "savepoint") return value;
      const begin = value as (work: (inner: Client) => unknown) => Promise<unknown>;
      const prepared = (work: (inner: Client) => unknown) => begin((inner) => work(preparing(inner)));
      return name === "savepoint"
        ? prepared
        : (work: (inner: Client) => unknown) => unlessStale(() => prepared(work));
    },
  });
}

type Statement = ReturnType<Sql["unsafe"]>;

/** A statement, in both forms in which Drizzle awaits one: itself, and its rows as lists. */
function askedAgain(ask: () => Statement): Statement {
  return new Proxy(ask(), {
    get(target, name) {
      if (name === "values") return () => unlessStale(() => ask().values());
      if (name !== "then") return Reflect.get(target, name);
      const answer = unlessStale(ask);
      return answer.then.bind(answer);
    },
  });
}
