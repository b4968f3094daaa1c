import type { Speech } from "../provider.ts";
import type { Ear } from "./ear.ts";

/** A way from the model to a reader: has the model say its words, and reads them to the end. */
export type Road = { name: string; travel(speech: Speech): Promise<Ear> };
