// Rules for the scripts in web/static; "make check" runs them. They catch names
// that do not exist, names that nothing uses and forms that are nearly always a
// slip. How a script looks is left to those who write it.
const js = require("@eslint/js");

// What the browser gives a script. A name that is missing here is mistyped, or
// is something that no script of the site has used before.
const browser = [
  "AbortController", "CustomEvent", "DOMParser", "Event", "FormData", "URLSearchParams", "XMLHttpRequest", "addEventListener", "atob",
  "btoa", "clearTimeout", "dispatchEvent", "document", "fetch", "history", "localStorage", "location", "matchMedia",
  "navigator", "print", "prompt", "setTimeout", "window",
];

module.exports = [
  js.configs.recommended,
  {
    languageOptions: {
      ecmaVersion: 2024,
      sourceType: "script",
      globals: Object.fromEntries(browser.map((name) => [name, "readonly"])),
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-empty": ["error", { allowEmptyCatch: true }],
      "no-implicit-globals": "error",
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
];
