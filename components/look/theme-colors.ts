/** The page's paper, as the frame that a browser or a system draws around it has it. */
export const themeColors = { light: "#fcfbf9", dark: "#161412" };
