/** By what somebody asks: a browser's cookie, an API key, or a link. Each can be taken away while the answer is given. */
export type Credential = { kind: "device" | "api-key" | "share"; id: string };

/** Who asks, and by what. */
export type Asker = { accountId: string; by: Credential };
