import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Near half of what a start takes is to compile what was compiled at the last one. Where it cannot be kept, it is not.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/compile"));

const { serve } = await import("./serve.ts");
await serve({ dev: false });
