import { createColourer } from "./colour-blocks.ts";
import { loadReader } from "./highlighter.ts";

// Apart from the page, as a web worker: to make a grammar's expressions takes up to some seconds, in which the page has
// other things to do.
const take = createColourer(loadReader, (coloured) => postMessage(coloured));
addEventListener("message", ({ data }) => void take(data));
