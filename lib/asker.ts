/** By what somebody asks: a browser's cookie, or an API key. Either can be taken away while the answer is given. */
export type Credential = { kind: "device" | "api-key"; id: string };

/** Who asks, and by what. */
export type Asker = { accountId: string; by: Credential };
