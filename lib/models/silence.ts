/** Watches one call to a model, and ends it when the model has been awaited for too long. */
export type SilenceWatch = {
  /** To be given to the call: fires when the call must end, for whatever reason. */
  signal: AbortSignal;
  /** Waits for the model. Only this counts as silence: not a slow reader, nor a tool that is running. */
  wait<Value>(answer: PromiseLike<Value>): Promise<Value>;
  /** Ends the call, if it is still open. */
  end(): void;
};

/** Without `silenceMs` the model may be silent for ever. `silent` makes what a wait is then rejected with. */
export function watchSilence(options: {
  silenceMs: number | undefined;
  silent: () => Error;
  signal: AbortSignal;
}): SilenceWatch {
  const { silenceMs, silent } = options;
  const call = new AbortController();
  const signal = AbortSignal.any([options.signal, call.signal]);
  let waiting: { giveUp(reason: unknown): void } | undefined;
  signal.addEventListener("abort", () => waiting?.giveUp(signal.reason), { once: true });

  function timeIsUp(): void {
    const waited = waiting;
    // A process that was held up itself must not blame the model: what has arrived meanwhile is read first.
    setImmediate(() => {
      if (waited && waited === waiting) call.abort(silent());
    });
  }

  // One timer for the whole call, wound up by each wait: a model is awaited many thousand times.
  const timer = silenceMs === undefined ? undefined : setTimeout(timeIsUp, silenceMs);

  return {
    signal,
    wait(answer) {
      if (signal.aborted) return Promise.reject(signal.reason);
      timer?.refresh();
      return new Promise((resolve, reject) => {
        waiting = { giveUp: reject };
        answer.then(
          (value) => {
            waiting = undefined;
            resolve(value);
          },
          (error) => {
            waiting = undefined;
            reject(error);
          },
        );
      });
    },
    end() {
      clearTimeout(timer);
      call.abort();
    },
  };
}
