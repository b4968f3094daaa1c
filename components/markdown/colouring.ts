import type { Coloured, ColouredLine, ToColour } from "./coloured-line.ts";

export type Colouring = {
  /** Asks for the colours of the block as it is now. */
  ask(code: string, language: string): void;
  /** Nobody looks at it any more. */
  end(): void;
};

type Shown = { lines: ColouredLine[]; show: (lines: ColouredLine[]) => void };

const shown = new Map<number, Shown>();
let newest = 0;
let worker: Worker | undefined;

/** Has a block of code coloured, again and again while it grows. Where that cannot be, it stays plain, and complete. */
export function beginColouring(show: (lines: ColouredLine[]) => void): Colouring {
  const block = ++newest;
  shown.set(block, { lines: [], show });
  return {
    ask(code, language) {
      worker ??= start();
      worker.postMessage({ block, code, language } satisfies ToColour);
    },
    end() {
      shown.delete(block);
      worker?.postMessage({ block } satisfies ToColour);
    },
  };
}

function start(): Worker {
  const started = new Worker(new URL("./colour.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<Coloured>) => receive(data));
  // What it needs could not be loaded. The next piece of code begins with another one.
  started.addEventListener("error", (event) => {
    event.preventDefault();
    started.terminate();
    worker = undefined;
  });
  return started;
}

function receive({ block, from, lines }: Coloured): void {
  const known = shown.get(block);
  if (!known) return;
  known.lines = [...known.lines.slice(0, from), ...lines];
  known.show(known.lines);
}
