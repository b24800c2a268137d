// What the scripts may use: ES2021 and the interfaces of Chromium 109, the oldest browser in the offices.
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import globals from "globals";

// Members newer than Chromium 109 that eslint-plugin-compat does not see.
const TOO_NEW = [
  "groupBy", "toReversed", "toSorted", "toSpliced", "union", "intersection", "difference",
  "symmetricDifference", "isSubsetOf", "isSupersetOf", "isDisjointFrom", "withResolvers", "fromAsync", "isWellFormed",
  "toWellFormed", "showPopover", "hidePopover", "togglePopover", "startViewTransition", "checkVisibility", "canParse",
  "getHTML", "setHTMLUnsafe", "parseHTMLUnsafe", "moveBefore", "requestClose",
];

export default [
  js.configs.recommended,
  compat.configs["flat/recommended"],
  {
    languageOptions: {
      ecmaVersion: 2021,
      sourceType: "module",
      globals: { ...globals.browser, tus: "readonly" },
    },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-implicit-globals": "error",
      // Text goes in by textContent; markup comes from the server alone.
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "use textContent or the server's own page" },
        ...TOO_NEW.map((property) => ({ property, message: "newer than Chromium 109" })),
      ],
    },
  },
];
