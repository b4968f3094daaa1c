import type { Chunk, ConversationEvent, Generation } from "./event.ts";

type Viewed = { chunks: Chunk[]; isOver: boolean };

const NOTHING: Viewed = { chunks: [], isOver: false };

/**
 * One answer of a log as the AI SDK's UI message stream has it: from `start` to what it ended in. Fed with the events
 * of its conversation since it was asked for, in order.
 *
 * A takeover drops a half-written step, and a stream cannot take words back. But it can say `reset-step`, at which the
 * AI SDK drops all that it has of the step it is in, and the step is told again. A second `start` would not do: the
 * reader keeps what it has, and the words would stand there twice. The step's own `start-step` has been told and is
 * kept by the reader, so the one with which the next attempt begins is left out.
 */
export function createAnswerView({
  conversationId,
  answerId,
  generationId,
  stepsBefore = 0,
}: {
  conversationId: string;
  answerId: string;
  generationId: string;
  /** How many the answer has from generations before this one, which goes on with it. */
  stepsBefore?: number | undefined;
}) {
  let stepsTold = stepsBefore;
  let isStepTold = false;
  let finish: Extract<Chunk, { type: "finish" }> = { type: "finish" };

  function toTell(chunk: Chunk): Chunk[] {
    switch (chunk.type) {
      case "start": // It has been told, once, with our id: each attempt would have one.
        return chunk.messageMetadata === undefined
          ? []
          : [{ type: "message-metadata", messageMetadata: chunk.messageMetadata }];
      case "start-step":
        if (isStepTold) {
          isStepTold = false;
          return [];
        }
        stepsTold += 1;
        return [chunk];
      case "finish": // The model has finished. The answer has when the log says so.
        finish = chunk;
        return [];
      case "error":
      case "abort":
        return [];
      default:
        return [chunk];
    }
  }

  function startAttempt(keepSteps: number): Viewed {
    if (stepsTold <= keepSteps) return NOTHING;
    isStepTold = true;
    return { chunks: [{ type: "reset-step" }], isOver: false };
  }

  return {
    start(): Chunk {
      return { type: "start", messageId: answerId, messageMetadata: { conversationId, generationId } };
    },

    tell(event: ConversationEvent): Viewed {
      switch (event.type) {
        case "chunk":
          if (event.generationId !== generationId) return NOTHING;
          return { chunks: event.chunks.flatMap(toTell), isOver: false };
        case "attempt-start":
          return event.generationId === generationId ? startAttempt(event.keepSteps) : NOTHING;
        case "generation-end":
          if (event.generation.id !== generationId) return NOTHING;
          return { chunks: [endOf(event.generation, finish)], isOver: true };
        case "conversation-deleted":
          return { chunks: [sorry("The conversation was deleted.")], isOver: true };
        default:
          return NOTHING;
      }
    },
  };
}

/** Why there is nothing more to tell, as the AI SDK's clients are told: they throw it. */
export const sorry = (errorText: string): Chunk => ({ type: "error", errorText });

function endOf({ status, error }: Generation, finish: Chunk): Chunk {
  if (status === "cancelled") return { type: "abort", reason: "The answer was stopped." };
  return status === "failed" ? sorry(error?.detail ?? "The answer could not be made.") : finish;
}
