/** What was set explicitly in a conversation; it is sent with every later question of it. */
import { forgetStored, store, stored } from "./device.js";

/** The wishes of the conversation `id`, kept over a reload. */
export function wishesOf(id) {
  try {
    return JSON.parse(stored(`wishes.${id}`, "sessionStorage")) ?? {};
  } catch {
    return {};
  }
}

export function keepWishes(id, wishes) {
  store(`wishes.${id}`, JSON.stringify(wishes), "sessionStorage");
}

export function forgetWishes(id = "") {
  forgetStored(`wishes.${id}`, "sessionStorage");
}
