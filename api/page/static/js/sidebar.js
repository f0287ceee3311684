/** The list of conversations: a sidebar on wide screens, a drawer on a phone. */
import { announce } from "./announcer.js";
import { button, element, iconButton } from "./dom.js";
import { languageTag, live, say } from "./interface.js";
import { openChoices } from "./menu.js";
import { fileName, saveFile } from "./save_file.js";
import { Failure, request, requestJson } from "./service.js";
import { confirmed } from "./sheet.js";

const PAGE = 30;
const EXTENSIONS = { markdown: "md", json: "json" };

export class ConversationList {
  #heads = [];
  #cursor = null;
  #open = null;

  /** Shows the list in `container`. `opened(id)` and `deleted(id)` are called when that is done. */
  constructor(container, { opened, deleted }) {
    this.container = container;
    this.opened = opened;
    this.deleted = deleted;
    this.#draw();
  }

  /** Fetches the newest conversations. */
  async refresh() {
    const page = await requestJson("GET", `/v1/conversations?limit=${PAGE}`);
    this.#heads = page.conversations;
    this.#cursor = page.next_cursor;
    this.#draw();
  }

  /** Shows which conversation is open. */
  select(id) {
    this.#open = id;
    this.#draw();
  }

  async #more() {
    const query = `limit=${PAGE}&cursor=${encodeURIComponent(this.#cursor)}`;
    const page = await requestJson("GET", `/v1/conversations?${query}`);
    const known = new Set(this.#heads.map((head) => head.id));
    this.#heads.push(...page.conversations.filter((head) => !known.has(head.id)));
    this.#cursor = page.next_cursor;
    this.#draw();
  }

  #draw() {
    const heads = this.#heads.filter((head) => head.turns > 0); // The others hold nothing.
    const rows = heads.map((head) => this.#row(head));
    const nothing = live(element("p.hint"), () => say("no_conversations"));
    const list = rows.length ? element("ul", {}, ...rows) : nothing;
    const more = this.#cursor ? [button("button.quiet", "more", () => this.#more())] : [];
    const focused = this.container.contains(document.activeElement) ? this.#open : null;
    this.container.replaceChildren(list, ...more);
    if (focused !== null) {
      this.container.querySelector("[aria-current]")?.focus();
    }
  }

  #row(head) {
    const { title } = head;
    const current = head.id === this.#open ? "true" : null;
    const attributes = {
      type: "button",
      lang: languageTag(title),
      "aria-current": current,
      onclick: () => this.opened(head.id),
    };
    const open = element("button.conversation", attributes, title);
    const more = iconButton(
      "button.round",
      "more",
      "conversation_menu",
      () => this.#menu(more, head),
      { values: { title } },
    );
    more.setAttribute("aria-haspopup", "menu");
    return element("li", {}, open, more);
  }

  #menu(opener, head) {
    openChoices(opener, head.title, [
      { label: say("export_markdown"), act: () => this.#export(head, "markdown") },
      { label: say("export_json"), act: () => this.#export(head, "json") },
      { label: say("delete"), act: () => this.#delete(head), danger: true },
    ]);
  }

  async #export({ id, title }, format) {
    const path = `/v1/conversations/${encodeURIComponent(id)}/export?format=${format}`;
    await reported(async () => {
      const response = await request("GET", path);
      saveFile(fileName(title, EXTENSIONS[format]), await response.blob());
    });
  }

  async #delete({ id, title }) {
    const words = { title: "delete_title", text: "delete_text", action: "delete" };
    if (await confirmed({ ...words, values: { title } })) {
      await reported(async () => {
        await request("DELETE", `/v1/conversations/${encodeURIComponent(id)}`);
        this.deleted(id);
        await this.refresh();
      });
    }
  }
}

/** Does `action`; a failure is shown in the notice line of the page, unless it is about the key. */
export async function reported(action) {
  const line = document.getElementById("page-notice");
  line.textContent = "";
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Failure)) {
      throw error;
    }
    if (!error.needsKey) {
      line.textContent = error.message;
      announce(error.message);
    }
  }
}
