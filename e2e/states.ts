import type { State } from "./stage.ts";
import { statesOfConversations } from "./states-of-conversations.ts";
import { statesOfFindingAndSharing } from "./states-of-finding-and-sharing.ts";
import { statesOfPages } from "./states-of-pages.ts";
import { statesOfTools } from "./states-of-tools.ts";

/** All that the pages can show. What looks at every page goes through this: for barriers, and for pictures. */
export const states: State[] = [
  ...statesOfPages,
  ...statesOfConversations,
  ...statesOfTools,
  ...statesOfFindingAndSharing,
];
