/**
 * The access key of this device.
 *
 * A key may be shared by a whole course; each browser is a learner of its own under it, so that
 * nobody reads the conversations of another.
 */
import { stored, store } from "./device.js";

/** The headers that say who asks. */
export function credentials() {
  const key = stored("key");
  return key ? { Authorization: `Bearer ${key}`, "X-User-Id": userId() } : {};
}

/** Whether this device has a key. */
export function hasKey() {
  return stored("key") !== null;
}

/** Keeps `key` on this device; null removes it. */
export function setKey(key) {
  store("key", key);
}

/** Makes this browser a new learner under its key. */
export function forgetUser() {
  store("user", null);
}

function userId() {
  let id = stored("user");
  if (id === null) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    store("user", id);
  }
  return id;
}
