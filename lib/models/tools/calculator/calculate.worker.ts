import { parentPort, workerData } from "node:worker_threads";
import { BEGUN } from "../apart.ts";
import { calculate } from "./calculate.ts";

/** What went wrong is said in the answer: an error that leaves here would be one of the worker's. */
function answer(expression: string): { result: string } | { wrong: string } {
  try {
    return { result: calculate(expression) };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(BEGUN);
parentPort?.postMessage(answer(workerData.expression));
