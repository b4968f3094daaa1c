/** A piece of a line that has one colour. */
export type Piece = { content: string; offset: number; color?: string | undefined };

/** A line as it was when it was coloured; no pieces where it has no colours. */
export type ColouredLine = { text: string; pieces: Piece[] };

/** What is asked of the worker that colours: a block of code as it is now, or that nobody needs the block any more. */
export type ToColour = { block: number; code?: string; language?: string };

/** What it answers: a block's lines from one on, which take the place of what was there. */
export type Coloured = { block: number; from: number; lines: ColouredLine[] };
