/** A browser's storage for tests. It can be as full or as forbidden as a real one. */
export function createFakeStorage({ roomFor = Number.POSITIVE_INFINITY, forbidden = false } = {}) {
  const texts = new Map<string, string>();
  const storage = {
    get length() {
      return texts.size;
    },
    key: (index: number) => [...texts.keys()][index] ?? null,
    getItem: (name: string) => texts.get(name) ?? null,
    setItem(name: string, text: string) {
      if (text.length > roomFor) throw new DOMException("The quota has been exceeded", "QuotaExceededError");
      texts.set(name, text);
    },
    removeItem: (name: string) => void texts.delete(name),
  };
  return () => {
    if (forbidden) throw new DOMException("The operation is insecure", "SecurityError");
    return storage;
  };
}
