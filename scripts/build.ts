import { ensureBuilt } from "./ensure-built.ts";
import { onStopSignal } from "./on-stop-signal.ts";
import { explain } from "./refusal.ts";

const stopping = new AbortController();
onStopSignal({ stop: () => stopping.abort(), leave: () => process.exit(130) });

try {
  await ensureBuilt({ say: console.info, signal: stopping.signal });
  process.exit();
} catch (error) {
  if (!stopping.signal.aborted) explain(error);
  process.exit(1);
}
