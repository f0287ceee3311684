/** Asking for the access key that a server may want. */
import { setKey } from "./access_key.js";
import { element, said } from "./dom.js";

/**
 * Draws the form into `container`; `code` is what the server says is wrong with the present key,
 * and `saved` is called with a key kept.
 */
export function drawKeyForm(container, code, saved) {
  const words = code === "key_invalid" ? "key_wrong" : "key_text";
  const attributes = {
    type: "password",
    name: "key",
    required: true,
    autocomplete: "off",
    pattern: "\\s*[!-~]+\\s*",
  };
  const input = element("input", { ...attributes, spellcheck: "false", autocapitalize: "off" });
  const form = element(
    "form.key-form",
    {},
    said("h2", "key_title"),
    said("p", words, {}, { role: "alert" }),
    element("label.field", {}, said("span", "key_field"), input),
    said("button.primary", "key_save", {}, { type: "submit" }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = input.value.trim();
    if (key) {
      setKey(key);
      saved();
    }
  });
  container.replaceChildren(form);
  input.focus();
}
