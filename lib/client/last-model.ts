import type { Shelf } from "./shelf.ts";

const NAME = "model";

/** The model that was chosen last on this device. New conversations begin with it. */
export const createLastModel = (shelf: Shelf) => ({
  read: (): string | undefined => shelf.read(NAME),
  write: (id: string) => void shelf.write(NAME, id),
});
