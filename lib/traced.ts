import { type Attributes, SpanStatusCode, trace } from "@opentelemetry/api";

/**
 * Does work as one span of a trace. What is asked meanwhile, as the model's provider, becomes part of it. Without
 * tracing it is the work alone.
 */
export async function traced<Result>(
  name: string,
  attributes: Attributes,
  work: () => Promise<Result>,
): Promise<Result> {
  return trace.getTracer("rejoin").startActiveSpan(`rejoin.${name}`, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
