import { DurableStreamTestServer, FileBackedStreamStore } from "@durable-streams/server";
import { sayReady } from "../../say-ready.ts";

/**
 * Of the 100 files that it holds open by default it closes some in mid-append as soon as more streams are written at
 * once, and answers that there is no such stream.
 */
const OPEN_FILES_MAX = 2_048;

/** The vendor's server on files, in a process of its own. Argument: its folder. Says its address. */
const [dataDir = ""] = process.argv.slice(2);
const server = new DurableStreamTestServer({ port: 0 });
Object.assign(server, { store: new FileBackedStreamStore({ dataDir, maxFileHandles: OPEN_FILES_MAX }) });
sayReady(await server.start());
