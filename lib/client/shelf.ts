type BrowserStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Gives what one account kept in this browser to another one, which became of it. */
export function moveShelf(from: Shelf, to: Shelf): void {
  for (const name of from.names()) {
    const text = from.read(name);
    if (text !== undefined && to.write(name, text)) from.remove(name);
  }
}

/** What a browser keeps over a reload: small texts by name. */
export type Shelf = {
  read(name: string): string | undefined;
  /** Says whether it was kept. */
  write(name: string, text: string): boolean;
  remove(name: string): void;
  names(): string[];
};

/**
 * A shelf in the browser's storage, under `prefix`, so that accounts that share a browser share nothing.
 *
 * Storage may be forbidden (then even naming it throws), full, or emptied at any moment. What is kept on a
 * shelf is a comfort and never the only copy while the tab lives, so every failure reads as "not kept".
 *
 * @param open names the storage; called at each use, and never before the first one
 */
export function createShelf(open: () => BrowserStorage, prefix: string): Shelf {
  function attempt<Value>(use: (storage: BrowserStorage) => Value, otherwise: Value): Value {
    try {
      return use(open());
    } catch {
      return otherwise;
    }
  }

  return {
    read: (name) => attempt((storage) => storage.getItem(prefix + name) ?? undefined, undefined),
    write: (name, text) =>
      attempt((storage) => {
        storage.setItem(prefix + name, text);
        return true;
      }, false),
    remove: (name) => attempt((storage) => storage.removeItem(prefix + name), undefined),
    names: () =>
      attempt(
        (storage) =>
          Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "")
            .filter((name) => name.startsWith(prefix))
            .map((name) => name.slice(prefix.length)),
        [],
      ),
  };
}
