import type { Provider } from "./provider.ts";

type AskedFile = { type: string; text?: string; image_url?: { url: string } };
type Asked = { messages: { role: string; content: string | AskedFile[] }[] };

/** What the model was sent with the next call, which is then answered. */
export async function asked(provider: Provider, say = "Well."): Promise<Asked["messages"]> {
  const call = await provider.called();
  call.say(say);
  call.end();
  return (JSON.parse(await call.asked) as Asked).messages;
}
