/** One way to keep what models say. */
export type Store = {
  /** Answers that are begun and empty. */
  begin(count: number): Promise<Answer[]>;
  /** How many characters of answers are kept: as many as were written, if nothing was lost. */
  keptLength(): Promise<number>;
  /** The bytes that they take. */
  sizeBytes(): Promise<number>;
  stop(): Promise<void>;
};

export type Answer = {
  /** Takes a token. Resolves when the store is ready for the next one; the model is read no faster. */
  write(token: string): Promise<void> | void;
  /** Resolves when all of the answer is as durable as it gets. */
  end(): Promise<void>;
};

export type Rival = {
  name: string;
  /** When a token counts as written, and what it survives. */
  durability: string;
  /** What the database's log grows by is its doing. */
  isInPostgres: boolean;
  open(): Promise<Store>;
};

/** What both common drivers' pools have when nobody says otherwise. */
export const CONNECTIONS = 10;

/** A token as the AI SDK says it: what every store is given to keep. */
export const chunkOf = (token: string) => ({ type: "text-delta" as const, id: "0", delta: token });
