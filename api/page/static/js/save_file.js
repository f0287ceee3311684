/** Giving the reader a text: to the clipboard, to another app, or as a file. */

/** Copies `text`; whether that worked. Works without a secure context too. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/**
 * Hands `text` to the share dialog of the device, or saves it as the file `name`: "shared" (or
 * thought better of) or "saved".
 */
export async function shared(title, text, name) {
  if (navigator.share) {
    try {
      await navigator.share({ title, text });
      return "shared";
    } catch (error) {
      if (error.name === "AbortError") {
        return "shared";
      }
    }
  }
  saveFile(name, new Blob([text], { type: "text/markdown;charset=utf-8" }));
  return "saved";
}

/** Saves `blob` as the file `name`. */
export function saveFile(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** `title` as the name of a file. */
export function fileName(title, extension) {
  const safe = title.replace(/[\p{Cc}\\/:*?"<>|#%]+/gu, " ").trim();
  return `${Array.from(safe).slice(0, 40).join("").trim() || "xianhou"}.${extension}`;
}

function copiedBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return done;
}
