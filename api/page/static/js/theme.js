/** Light or dark: as the system has it, or as chosen on this device. */
import { stored, store } from "./device.js";

const THEMES = ["auto", "light", "dark"];

/** The chosen appearance: "auto", "light" or "dark". */
export function theme() {
  const chosen = stored("theme");
  return THEMES.includes(chosen) ? chosen : "auto";
}

/** Goes on to the next appearance and returns it. */
export function nextTheme() {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
  store("theme", next);
  document.documentElement.dataset.theme = next;
  return next;
}

document.documentElement.dataset.theme = theme();
