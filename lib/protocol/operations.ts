import type { Operation } from "./operation.ts";
import { accountOperations } from "./operations/accounts.ts";
import { adminOperations } from "./operations/admin.ts";
import { authOperations } from "./operations/auth.ts";
import { chatOperations } from "./operations/chat.ts";
import { conversationOperations } from "./operations/conversations.ts";
import { fileOperations } from "./operations/files.ts";
import { generationOperations } from "./operations/generations.ts";
import { instanceOperations } from "./operations/instance.ts";
import { logOperations } from "./operations/logs.ts";
import { portOperations } from "./operations/ports.ts";
import { searchOperations } from "./operations/search.ts";
import { shareOperations } from "./operations/shares.ts";

/** Everything that can be asked of this server, by name. A route takes what it parses by from here. */
export const operations = {
  ...conversationOperations,
  ...generationOperations,
  ...fileOperations,
  ...logOperations,
  ...searchOperations,
  ...chatOperations,
  ...shareOperations,
  ...portOperations,
  ...accountOperations,
  ...authOperations,
  ...adminOperations,
  ...instanceOperations,
} satisfies Record<string, Operation>;
