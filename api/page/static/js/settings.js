/** The switches of the page: language, appearance, access key, and being forgotten. */
import { forgetUser, setKey } from "./access_key.js";
import { icon } from "./dom.js";
import { language, live, say, setLanguage } from "./interface.js";
import { request } from "./service.js";
import { confirmed } from "./sheet.js";
import { reported } from "./sidebar.js";
import { nextTheme, theme } from "./theme.js";

/** Makes the button change the language; `changed` is called afterwards. */
export function languageSwitch(node, changed) {
  live(node, () => say("language_toggle"));
  live(node, () => say("language_toggle_label"), "title");
  live(node, () => (language() === "zh" ? "en" : "zh-Hans"), "lang");
  node.addEventListener("click", () => {
    setLanguage(language() === "zh" ? "en" : "zh");
    changed();
  });
}

/** Makes the button go through the appearances. */
export function themeSwitch(node) {
  const draw = () => {
    const label = say(`theme_${theme()}`);
    node.replaceChildren(icon(`theme-${theme()}`));
    node.title = label;
    return label;
  };
  live(node, draw, "aria-label");
  node.addEventListener("click", () => {
    nextTheme();
    live(node, draw, "aria-label");
  });
}

/** Makes the button remove the key of this device. */
export function keySwitch(node, removed) {
  node.addEventListener("click", () => {
    setKey(null);
    removed();
  });
}

/** Makes the button erase everything about the reader, after asking. */
export function forgetSwitch(node, forgotten) {
  node.addEventListener("click", async () => {
    const words = { title: "forget_title", text: "forget_text", action: "forget_do" };
    if (await confirmed(words)) {
      await reported(async () => {
        await request("DELETE", "/v1/learner");
        forgetUser();
        forgotten();
      });
    }
  });
}
