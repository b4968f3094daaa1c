import { setImmediate as nextTurn } from "node:timers/promises";
import { outliveOutput } from "./outlive-output.ts";

const WORDS = 100;

/** Prints when it is asked how it is, and answers after that. */
outliveOutput();
process.on("message", async () => {
  for (let word = 0; word < WORDS; word += 1) {
    console.info("still here");
    console.error("still here");
    await nextTurn();
  }
  process.send?.("well");
  process.disconnect();
});
process.send?.("ready");
