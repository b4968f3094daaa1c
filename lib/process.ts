/**
 * Makes a thing once per process and returns the same one ever after.
 *
 * Next bundles routes and `instrumentation.ts` apart, so one module can be two in one process,
 * and a module-level singleton two things. What must be one is pinned here, and nowhere else.
 */
export function pinned<Thing>(name: string, make: () => Thing): Thing {
  const key = Symbol.for(`rejoin.${name}`);
  const place = globalThis as { [key: symbol]: Thing | undefined };
  place[key] ??= make();
  return place[key];
}
