/** The page's paper, as the frame that a browser or a system draws around it has it. */
export const themeColors = { light: "#fcfbf9", dark: "#161412" };

/**
 * The same, for the element that tells of a look that somebody chose. Written as the others are, React would take it
 * for one of its own, and stumble when it is gone.
 */
export const chosenThemeColors = {
  light: themeColors.light.toUpperCase(),
  dark: themeColors.dark.toUpperCase(),
};
