/** Watches one call to a model, and ends it when the model has been awaited for too long. */
export type SilenceWatch = {
  /** To be given to the call: fires when the call must end, for whatever reason. */
  signal: AbortSignal;
  /** Waits for the model. Only this counts as silence: not a slow reader, nor a tool that is running. */
  wait<Value>(answer: PromiseLike<Value>): Promise<Value>;
  /** Ends the call, if it is still open. */
  end(): void;
};

/** Without `silenceMs` the model may be silent for ever. `silent` makes what a wait is rejected with. */
export function watchSilence(options: {
  silenceMs: number | undefined;
  silent: () => Error;
  signal: AbortSignal | undefined;
}): SilenceWatch {
  const { silenceMs, silent } = options;
  const call = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, call.signal]) : call.signal;
  let giveUp: ((reason: unknown) => void) | undefined;
  signal.addEventListener("abort", () => giveUp?.(signal.reason), { once: true });

  return {
    signal,
    async wait(answer) {
      signal.throwIfAborted();
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise((resolve, reject) => {
          giveUp = reject;
          if (silenceMs !== undefined) timer = setTimeout(() => call.abort(silent()), silenceMs);
          answer.then(resolve, reject);
        });
      } finally {
        clearTimeout(timer);
      }
    },
    end: () => call.abort(),
  };
}
