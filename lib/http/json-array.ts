const encoder = new TextEncoder();

/** One JSON array, item by item as it is taken, one a line. Nothing is made that the reader has not asked for. */
export function jsonArray(items: AsyncGenerator<unknown>, headers: Record<string, string>): Response {
  let lead = "[\n";
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await items.next();
        if (!done) {
          controller.enqueue(encoder.encode(lead + JSON.stringify(value)));
          lead = ",\n";
          return;
        }
        controller.enqueue(encoder.encode(lead === "[\n" ? "[]\n" : "\n]\n"));
        controller.close();
      },
      async cancel() {
        await items.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}
