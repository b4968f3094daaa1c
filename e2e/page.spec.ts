import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { test } from "./browser-fixtures.ts";
import { expectStored } from "./stored.ts";

test("Enter sends, Shift and Enter begin a new line", async ({ tab, api }) => {
  await tab.open();
  await tab.page.keyboard.type("count to 3");
  await tab.page.keyboard.press("Shift+Enter");
  await tab.page.keyboard.type("if you please");
  await expect(tab.composer).toHaveValue("count to 3\nif you please");
  await tab.page.keyboard.press("Enter");
  await expect(tab.composer).toHaveValue("");
  await expectStored(api, tab, ["You: count to 3\nif you please", "Answer: 1 2 3"]);
});

test("what is being written survives a reload, each conversation's its own", async ({ tab, api }) => {
  const { id } = await api.create();
  await tab.open();
  await tab.composer.fill("for a new one");
  await tab.open(id);
  await expect(tab.composer).toHaveValue("");
  await tab.composer.fill("for this one");
  await tab.reload();
  await expect(tab.composer).toHaveValue("for this one");
  await tab.open();
  await expect(tab.composer).toHaveValue("for a new one");
});

test("until the first word there is a sign that it is waited for", async ({ tab }) => {
  const sign = tab.answers.getByText("Waiting for the first word");
  await tab.open();
  await tab.send("count to 1, 3000 ms apart");
  await expect(sign).toBeVisible();
  await tab.reads(1);
  await expect(sign).toBeHidden();
});

test("an answer that fails says why and keeps its words, and another one can be asked for", async ({
  tab,
  api,
}) => {
  await tab.open();
  await tab.send("fail after 3");
  await expect(
    tab.answers.getByText("The demo model failed after 3, as the prompt told it to."),
  ).toBeVisible();
  await expectStored(api, tab, ["You: fail after 3", "Answer: 1 2 3"]);
  await tab.answers.getByRole("button", { name: "Try again" }).click();
  await expect(tab.answers.getByText("Version 2 of 2")).toBeVisible();
  const { generations } = await expectStored(api, tab, ["You: fail after 3", "Answer: 1 2 3"]);
  expect(generations.map(({ status }) => status)).toEqual(["failed", "failed"]);
});

test("thoughts and tools are shown, each a click away", async ({ tab }) => {
  await tab.open();
  await tab.send("think 4, then what time is it");
  await expect(tab.answers.getByText(/It is .* UTC\./)).toBeVisible();
  await tab.answers.getByText(/^Thought (it through|for)/).click();
  await expect(tab.answers.getByText("so the demo model")).toBeVisible();
  await tab.answers.getByText("Used current time").click();
  await expect(tab.answers.getByText('"moment": ')).toBeVisible();
});

test("a prompt is shown as it was typed, and nothing in it is run", async ({ tab, api }) => {
  const prompt = `count to 2 <img src=x onerror="document.title='run'"> **bold** <script>document.title='run'</script>`;
  await tab.open();
  await tab.send(prompt);
  await expectStored(api, tab, [`You: ${prompt}`, "Answer: 1 2"]);
  await tab.reload();
  await expectStored(api, tab, [`You: ${prompt}`, "Answer: 1 2"]);
  await expect(tab.page).not.toHaveTitle("run");
});

test("the copy button of a block of code copies that code", async ({ device }) => {
  const laptop = await device({ permissions: ["clipboard-read", "clipboard-write"] });
  const tab = await laptop.tab();
  await tab.open();
  await tab.send("what can you do?");
  await expect(tab.stop).toBeVisible();
  await expect(tab.stop).toBeHidden();
  await tab.answers.getByRole("button", { name: "Copy code" }).click();
  await expect(tab.answers.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toBe(
    "ANTHROPIC_API_KEY=your-key npm start",
  );
});

test("on a phone nothing is wider than the screen, and the list is a touch away", async ({ device, api }) => {
  const id = randomUUID();
  await api.answered(id, `What can you do with ${"a very long word".replaceAll(" ", "").repeat(20)}?`);
  const phone = await device({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const tab = await phone.tab();
  for (const path of ["/", `/conversations/${id}`]) {
    await tab.visit(path);
    await expect(tab.composer).toBeVisible();
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
  expect(await tab.scroller.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await tab.page.getByRole("button", { name: "Open the list of conversations" }).tap();
  await tab.page.getByRole("dialog").getByRole("link", { name: "New conversation" }).tap();
  await expect(tab.page.getByRole("heading", { name: "What would you like to know?" })).toBeVisible();
  await tab.composer.fill("count to 3");
  await tab.page.getByRole("button", { name: "Send" }).tap();
  await expectStored(api, tab, ["You: count to 3", "Answer: 1 2 3"]);
});

test("whoever else opens the address sees that there is nothing for them", async ({ device, api, guest }) => {
  const id = randomUUID();
  await api.answered(id, "count to 3");
  const stranger = await device({ of: await guest(), expects: /the server responded with a status of 404/ });
  const tab = await stranger.tab();
  const response = await tab.visit(`/conversations/${id}`);
  expect(response?.status()).toBe(404);
  await expect(tab.page.getByRole("heading", { name: "There is no such conversation" })).toBeVisible();
  await expect(tab.page.getByText("1 2 3")).toBeHidden();
});

for (const [colorScheme, other] of [
  ["light", "Dark"],
  ["dark", "Light"],
] as const) {
  test(`a ${colorScheme} system gets a ${colorScheme} page, until its reader chooses ${other.toLowerCase()}`, async ({
    device,
    api,
  }) => {
    const id = randomUUID();
    await api.answered(id, "what can you do?");
    const tab = await (await device({ colorScheme })).tab();
    await tab.open(id);
    const isDark = () => tab.page.evaluate(paperIsDark);
    expect(await isDark()).toBe(colorScheme === "dark");
    await tab.page.getByRole("radio", { name: other }).click();
    await expect.poll(isDark).toBe(other === "Dark");
    await tab.reload();
    expect(await isDark()).toBe(other === "Dark");
  });
}

// Runs in the page. The words' ink is the paper's opposite, so their order says which look it is.
function paperIsDark(): boolean {
  const lightness = (color: string) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!canvas) throw new Error("there is no canvas");
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[1] ?? 0;
  };
  const { backgroundColor, color } = getComputedStyle(document.documentElement);
  return lightness(backgroundColor) < lightness(color);
}
