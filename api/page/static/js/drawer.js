/** The sidebar as a drawer on narrow screens; on wide ones it always stands open. */
import { closedByBack } from "./layers.js";

const WIDE = matchMedia("(min-width: 60rem)");

/** Makes `sidebar` a drawer that `opener` opens; `rest` is the page beside it. */
export function makeDrawer(sidebar, rest, opener) {
  let closed = null;
  const set = (open) => {
    const was = sidebar.classList.contains("open");
    if (open !== was) {
      closed = open ? closedByBack(close) : closed();
    }
    sidebar.classList.toggle("open", open);
    rest.inert = open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) {
      sidebar.querySelector("button").focus();
    } else if (was) {
      opener.focus();
    }
  };
  const close = () => set(false);
  opener.addEventListener("click", () => set(true));
  document.getElementById("veil").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    const modal = document.querySelector("dialog[open], [popover]:popover-open");
    if (event.key === "Escape" && !modal) {
      close();
    }
  });
  WIDE.addEventListener("change", close);
  return { close };
}
