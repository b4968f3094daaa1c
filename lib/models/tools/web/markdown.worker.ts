import { parentPort, workerData } from "node:worker_threads";
import { BEGUN } from "../apart.ts";
import { pageToMarkdown } from "./page-to-markdown.ts";

// Apart from the process that answers: a large page takes seconds, in which nothing else would be said.
parentPort?.postMessage(BEGUN);
parentPort?.postMessage(pageToMarkdown(workerData));
