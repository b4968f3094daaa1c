import { expect } from "@playwright/test";
import { asked } from "./asked.ts";
import type { Tab } from "./devices.ts";
import { heldBy, type Provider } from "./provider.ts";
import { test as base } from "./provider-fixtures.ts";
import { expectStored } from "./stored.ts";

const test = base.extend<object, { provider: Provider }>({
  serverEnv: [
    async ({ provider }, use) => {
      await use({ ...heldBy(provider), FILE_MAX_MB: "1" });
    },
    { scope: "worker" },
  ],
});

/** Of two models, the one that is not the server's own choice. */
async function chooseDemo(tab: Tab): Promise<void> {
  const picker = tab.page.getByRole("button", { name: /^Model:/ });
  await picker.focus();
  await tab.page.keyboard.press("Enter");
  await expect(tab.page.getByRole("combobox", { name: "Search models" })).toBeFocused();
  await tab.page.keyboard.type("demo");
  await expect(tab.page.getByRole("option")).toHaveCount(1);
  await tab.page.keyboard.press("Enter");
  await expect(picker).toHaveAccessibleName(/Demo/);
}

const files = (tab: Tab) => tab.page.getByRole("list", { name: "Attached files" }).getByRole("listitem");

// Runs in the page: a photo as a camera makes it, pasted.
async function pastePhoto(): Promise<void> {
  const canvas = Object.assign(document.createElement("canvas"), { width: 3000, height: 1500 });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("there is no canvas");
  context.fillStyle = "teal";
  context.fillRect(0, 0, 3000, 1500);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg"));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([blob ?? ""], "photo.jpeg", { type: "image/jpeg" }));
  const field = document.querySelector("textarea");
  field?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}

// Runs in the page: a small photo with notes of its camera, which say that it lies on its side, and where it was taken.
async function pasteNoted(): Promise<void> {
  const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 200 });
  canvas.getContext("2d")?.fillRect(0, 0, 300, 200);
  const plain = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg"));
  const picture = new Uint8Array((await plain?.arrayBuffer()) ?? []);
  const turned = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const header = [..."Exif\0\0MM"].map((letter) => letter.charCodeAt(0));
  const notes = [
    ...header,
    0,
    42,
    0,
    0,
    0,
    8,
    ...turned,
    ...[..."48.85 N"].map((letter) => letter.charCodeAt(0)),
  ];
  const whole = [0xff, 0xd8, 0xff, 0xe1, 0, notes.length + 2, ...notes, ...picture.slice(2)];
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([new Uint8Array(whole)], "home.jpg", { type: "image/jpeg" }));
  document
    .querySelector("textarea")
    ?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}

// Runs in the page: files dragged from a folder.
function dropFiles(given: { name: string; text: string; type: string }[]): void {
  const dataTransfer = new DataTransfer();
  for (const { name, text, type } of given) dataTransfer.items.add(new File([text], name, { type }));
  for (const name of ["dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
  }
}

test("a photo goes out without what its camera wrote into it, the right side up", async ({
  tab,
  api,
  provider,
}) => {
  await tab.open();
  await tab.page.evaluate(pasteNoted);
  await expect(files(tab).filter({ hasText: /KB|bytes/ })).toBeVisible();
  await tab.send("Where is this?");
  await asked(provider);
  const snapshot = await expectStored(api, tab, ["You: Where is this?", "Answer: Well."]);
  const [photo] = snapshot.messages[0]?.parts ?? [];
  const url = photo?.type === "file" ? photo.url : "";
  const stored = await (await api.fetch(url)).bytes();
  expect(Buffer.from(stored).toString("latin1")).not.toMatch(/Exif|48\.85/);
  await tab.prompts.getByRole("button", { name: "Open home.jpg" }).click();
  const picture = tab.page.getByRole("dialog").getByRole("img");
  await expect(picture).toHaveJSProperty("naturalWidth", 200);
  await expect(picture).toHaveJSProperty("naturalHeight", 300);
});

test("a photo that is pasted and a text that is dropped reach the model, and stay over a reload", async ({
  tab,
  api,
  guest,
  provider,
}) => {
  await tab.open();
  await tab.page.evaluate(pastePhoto);
  await tab.page.evaluate(dropFiles, [
    { name: "notes.ts", text: "export const answer = 42;", type: "video/mp2t" },
    { name: "away.txt", text: "not to be sent", type: "text/plain" },
  ]);
  await expect(files(tab)).toHaveCount(3);
  await files(tab).filter({ hasText: "away.txt" }).getByRole("button", { name: "Remove" }).click();
  await expect(files(tab).filter({ hasText: /photo\.jpg\s*[\d.]+ KB$/ })).toBeVisible();
  await expect(files(tab).filter({ hasText: /25 bytes$/ })).toBeVisible();
  await tab.reload();
  await expect(files(tab)).toHaveCount(2);

  await tab.send("What is this?");
  const [message] = (await asked(provider)).filter(({ role }) => role === "user");
  expect(message?.content).toEqual([
    { type: "image_url", image_url: { url: expect.stringMatching(/^data:image\/jpeg;base64,/) } },
    { type: "text", text: '<file name="notes.ts">\nexport const answer = 42;\n</file>' },
    { type: "text", text: "What is this?" },
  ]);
  const snapshot = await expectStored(api, tab, ["You: What is this?", "Answer: Well."]);
  await expect(files(tab)).toHaveCount(0);
  await tab.reload();
  await expect(files(tab)).toHaveCount(0);
  await expect(tab.prompts.getByRole("link", { name: "notes.ts" })).toHaveAttribute("download", "notes.ts");
  await tab.prompts.getByRole("button", { name: "Open photo.jpg" }).click();
  const picture = tab.page.getByRole("dialog").getByRole("img");
  await expect(picture).toHaveJSProperty("naturalWidth", 2048);
  await expect(picture).toHaveJSProperty("naturalHeight", 1024);
  await tab.page.keyboard.press("Escape");

  const urls = (snapshot.messages[0]?.parts ?? []).flatMap((part) => (part.type === "file" ? part.url : []));
  const [photo, notes] = await Promise.all(urls.map((url) => api.ask<string>(url)));
  const cached = { "cache-control": expect.stringContaining("private, max-age=31536000, immutable") };
  const harmless = { "x-content-type-options": "nosniff", "content-security-policy": /; sandbox$/ };
  for (const [answer, type, disposition] of [
    [photo, "image/jpeg", "inline; filename*=UTF-8''photo.jpg"],
    [notes, "text/plain; charset=utf-8", "attachment; filename*=UTF-8''notes.ts"],
  ] as const) {
    const headers = Object.fromEntries(answer?.headers ?? []);
    expect(headers).toMatchObject({ ...cached, "x-content-type-options": "nosniff" });
    expect(headers["content-security-policy"]).toMatch(harmless["content-security-policy"]);
    expect(headers).toMatchObject({ "content-type": type, "content-disposition": disposition });
  }
  const stranger = await guest();
  for (const url of urls) expect((await stranger.refused(url)).status).toBe(404);

  // Worded anew, it is about the same files.
  await tab.composer.press("ArrowUp");
  const editor = tab.page.getByRole("textbox", { name: "New wording" });
  await expect(editor).toHaveValue("What is this?");
  await editor.press("Escape");
  await expect(tab.composer).toBeFocused();
  await tab.composer.press("ArrowUp");
  await editor.fill("What is that?");
  await editor.press("Enter");
  const [again] = (await asked(provider, "That.")).filter(({ role }) => role === "user");
  expect(again?.content).toMatchObject([{ type: "image_url" }, { type: "text" }, { text: "What is that?" }]);
  await expectStored(api, tab, ["You: What is that?", "Answer: That."]);
});

test("what cannot be kept says why, and what a model cannot read is said before it is sent", async ({
  device,
}) => {
  const laptop = await device({ expects: /status of (400|413)/ });
  const tab = await laptop.tab();
  await tab.open();
  await tab.page.evaluate(dropFiles, [
    { name: "large.txt", text: "a".repeat(1024 * 1024 + 1), type: "text/plain" },
    { name: "program.exe", text: "MZ\0\0", type: "application/octet-stream" },
  ]);
  await expect(files(tab).filter({ hasText: "A file may have 1 MB. Choose a smaller one." })).toBeVisible();
  await expect(files(tab).filter({ hasText: "program.exe is neither a picture" })).toBeVisible();
  // Nothing goes without what was meant to go with it.
  await tab.send("count to 3");
  await expect(tab.composer).toHaveValue("count to 3");
  for (const name of ["large.txt", "program.exe"]) {
    await tab.page.getByRole("button", { name: `Remove ${name}` }).click();
  }
  await expect(files(tab)).toHaveCount(0);
  await chooseDemo(tab);
  const [chooser] = await Promise.all([
    tab.page.waitForEvent("filechooser"),
    tab.page.getByRole("button", { name: "Attach files" }).click(),
  ]);
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  await chooser.setFiles([
    { name: "dot.png", mimeType: "image/png", buffer: png },
    { name: "paper.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n") },
  ]);
  await expect(files(tab).filter({ hasText: "Demo reads text only" })).toHaveCount(2);
  await tab.send("what do you see?");
  await expect(tab.answers.getByText(/dot\.png \(image\/png, \d+ bytes\)/)).toBeVisible();
  await expect(tab.answers.getByText("paper.pdf (application/pdf, 9 bytes)")).toBeVisible();
  // Another answer is told the same, and a new conversation on this device begins with the same model.
  await expect(tab.stop).toBeHidden();
  await tab.answers.getByRole("button", { name: "Answer again" }).click();
  await expect(tab.answers.getByText("Version 2 of 2")).toBeVisible();
  await expect(tab.answers.getByText("paper.pdf (application/pdf, 9 bytes)")).toBeVisible();
  await tab.open();
  await expect(tab.page.getByRole("button", { name: /^Model:/ })).toHaveAccessibleName(/Demo/);
});
