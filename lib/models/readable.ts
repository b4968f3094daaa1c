/**
 * A stream that asks for a part only when somebody reads, so that a slow reader slows its source.
 * `stop` is called when the reader goes away early: it must end a wait that is going on.
 */
export function readableFrom<Part>(parts: AsyncGenerator<Part>, stop: () => void): ReadableStream<Part> {
  return new ReadableStream<Part>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  );
}
