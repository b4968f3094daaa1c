import { createContext } from "react";

/** Whether the block is being written, and what is in it may not be whole. */
export const IsIncomplete = createContext(false);
