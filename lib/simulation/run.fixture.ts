import { simulate, type Weather } from "./simulate.ts";

/** One simulation in a process of its own. Arguments: database, seed, weather. Prints what is broken, a line each. */
const [url = "", seed = "1", weather = "stormy"] = process.argv.slice(2);
const broken = await simulate({ url, seed: Number(seed), weather: weather as Weather });
for (const line of broken) console.info(line);
process.exit(broken.length > 0 ? 1 : 0);
