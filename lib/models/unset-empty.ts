import { unsetEmpty } from "#lib/env";

// For whoever imports this before the providers' packages: what they read, they read while they are loaded.
unsetEmpty();
