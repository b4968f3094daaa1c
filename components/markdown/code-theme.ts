const scopes = {
  "--code-comment": ["comment", "punctuation.definition.comment"],
  "--code-keyword": [
    "keyword",
    "storage",
    "storage.type",
    "entity.name.tag",
    "punctuation.definition.heading",
  ],
  "--code-string": [
    "string",
    "string.regexp",
    "markup.inline.raw",
    "markup.inserted",
    "punctuation.definition.string",
  ],
  "--code-name": [
    "entity.name",
    "support.function",
    "support.class",
    "support.type",
    "meta.function-call",
    "markup.link",
  ],
  "--code-constant": [
    "constant",
    "variable.language",
    "entity.other.attribute-name",
    "support.type.property-name",
    "support.constant",
    "markup.deleted",
  ],
  "--ink": ["keyword.operator", "punctuation", "variable.other", "meta.brace", "constant.other.symbol"],
};

/**
 * A few quiet colours for code. They are CSS variables, so one theme serves light and dark,
 * and switching between them colours nothing anew.
 */
export const codeTheme = {
  name: "rejoin",
  colors: { "editor.foreground": "var(--ink)", "editor.background": "transparent" },
  settings: Object.entries(scopes).map(([color, scope]) => ({
    scope,
    settings: { foreground: `var(${color})` },
  })),
};
