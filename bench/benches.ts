import type { Bench } from "./bench.ts";

/** All benches, in the order of the page. Each is `bench/<name>/<name>.ts`. */
export const BENCHES = [
  "write",
  "deliver",
  "rejoin",
  "fan-out",
  "load",
  "crash",
  "soak",
  "page",
  "scale",
] as const;

export async function loadBench(name: string): Promise<Bench> {
  const { bench } = (await import(`./${name}/${name}.ts`)) as { bench: Bench };
  return bench;
}
