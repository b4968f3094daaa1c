/** Whether shortcuts go with ⌘ here. Asked in the browser alone. */
export const isMac = (): boolean => /^(Mac|iPhone|iPad)/.test(navigator.platform);
