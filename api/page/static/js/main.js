/** The page put together. */
import { hasKey } from "./access_key.js";
import { openId, planIsOpen, writeId, writePlan } from "./address.js";
import { announce } from "./announcer.js";
import { Composer } from "./composer.js";
import { Conversation, discard } from "./conversation.js";
import { makeDrawer } from "./drawer.js";
import { adopt, live, say, translate } from "./interface.js";
import { drawKeyForm } from "./key_form.js";
import { onTravel } from "./layers.js";
import { PlanView } from "./plan.js";
import { Failure, onKeyNeeded } from "./service.js";
import { forgetSwitch, keySwitch, languageSwitch, themeSwitch } from "./settings.js";
import { ConversationList, reported } from "./sidebar.js";
import { dropQuestion, keptQuestion } from "./unanswered.js";
import { Views } from "./views.js";
import { loadVocabulary } from "./vocabulary.js";
import { drawWelcome } from "./welcome.js";

const byId = (id) => document.getElementById(id);

class Page {
  constructor() {
    this.composer = new Composer(byId("composer"), {
      send: (text) => this.ask(text),
      stop: () => this.conversation.stop(),
      emptied: () => dropQuestion(),
    });
    this.drawer = makeDrawer(byId("sidebar"), byId("column"), byId("menu"));
    this.list = new ConversationList(byId("conversations"), {
      opened: (id) => this.open(id),
      deleted: (id) => this.#deleted(id),
    });
    this.plan = new PlanView(byId("plan"));
    const tabs = { talk: byId("view-talk"), plan: byId("view-plan") };
    this.views = new Views(byId("app"), tabs, (name) => this.look(name));
    // Answers that are still being written go on while another conversation is looked at.
    this.writing = new Map();
    this.#wire();
    this.show(this.#made(null));
  }

  /** Gets everything from the server, and again once there is a key. */
  async start() {
    byId("gate").replaceChildren();
    byId("app").classList.remove("locked");
    byId("remove-key").hidden = !hasKey();
    const waiting = keptQuestion();
    this.ready = reported(async () => {
      await loadVocabulary();
      translate(document);
      const id = openId();
      await this.list.refresh();
      if (id !== null && id !== this.conversation.id) {
        await this.open(id);
      }
    });
    await this.ready;
    if (planIsOpen()) {
      this.#showPlan();
    }
    // It may have been found answered, or have been asked again meanwhile.
    if (waiting === keptQuestion() && this.composer.empty && !this.conversation.busy) {
      this.composer.fill(waiting);
    }
  }

  /** Goes to the view `name`, "talk" or "plan". */
  look(name) {
    this.drawer.close();
    if (name === "plan") {
      writePlan();
      this.#showPlan();
    } else {
      this.#showTalk();
      writeId(this.conversation.id);
    }
  }

  /** Asks `question` in the open conversation. */
  async ask(question) {
    byId("welcome").hidden = true;
    await this.conversation.ask(question);
  }

  /** Opens the conversation `id`. */
  async open(id) {
    this.drawer.close();
    this.#showTalk();
    if (id === this.conversation.id) {
      writeId(id);
      return;
    }
    const going = this.writing.get(id);
    const conversation = going ?? this.#made(id);
    this.show(conversation);
    writeId(id);
    if (!going) {
      await reported(() => this.#load(conversation));
    }
  }

  /** Makes room for a new conversation. */
  begin() {
    this.drawer.close();
    this.#showTalk();
    this.show(this.#made(null));
    writeId(null);
    this.composer.focus();
  }

  /** Puts `conversation` on the page. */
  show(conversation) {
    this.conversation = conversation;
    byId("thread").replaceChildren(conversation.element);
    translate(conversation.element);
    byId("welcome").hidden = conversation.id !== null || !conversation.empty;
    this.list.select(conversation.id);
    this.composer.setBusy(conversation.busy);
    this.#name();
  }

  #showTalk() {
    this.#turnTo("talk", "skip");
  }

  #showPlan() {
    this.#turnTo("plan", "skip_plan");
    this.ready.then(() => this.plan.open()); // The form shows names from the server.
  }

  #turnTo(view, skip) {
    this.views.show(view);
    live(byId("skip"), () => say(skip));
    this.#name();
  }

  /** Writes the open conversation into the address, unless that tells of the plan. */
  #noteId() {
    if (!this.views.planning) {
      writeId(this.conversation.id, { replace: true });
    }
  }

  #made(id) {
    const conversation = new Conversation(id, {
      changed: () => this.#changed(conversation),
      draft: (question) => this.#draft(question),
    });
    return conversation;
  }

  /** Puts `question` into the box, unless something else was written there meanwhile. */
  #draft(question) {
    if (this.composer.empty) {
      this.composer.fill(question);
    }
    this.composer.focus();
  }

  async #load(conversation) {
    try {
      await conversation.load();
    } catch (error) {
      if (error instanceof Failure) {
        this.#leave(conversation);
      }
      throw error.status === 404
        ? new Failure(say("conversation_missing"), { status: 404 })
        : error;
    }
    if (conversation.empty) {
      discard(conversation.id); // Its only question was never answered.
      this.#leave(conversation);
      return;
    }
    if (conversation === this.conversation) {
      this.#name();
      const last = conversation.element.lastElementChild;
      last?.scrollIntoView({ block: "start" });
    }
  }

  /** Shows the first screen in place of `conversation`, if that is still shown. */
  #leave(conversation) {
    if (conversation === this.conversation) {
      this.show(this.#made(null));
      this.#noteId();
    }
  }

  #changed(conversation) {
    const { id, busy } = conversation;
    if (id !== null) {
      this.writing[busy ? "set" : "delete"](id, conversation);
    }
    if (conversation === this.conversation) {
      byId("welcome").hidden = id !== null || !conversation.empty;
      this.composer.setBusy(busy);
      this.#noteId();
      this.#name();
    }
    if (id !== null && !busy) {
      reported(() => this.list.refresh().then(() => this.list.select(this.conversation.id)));
    }
  }

  #deleted(id) {
    if (id === this.conversation.id) {
      this.conversation.stop();
      this.begin();
    } else {
      byId("new").focus(); // The button that was pressed is gone.
    }
  }

  #name() {
    if (this.views.planning) {
      document.title = say("plan_page_title");
      return;
    }
    const { title } = this.conversation;
    document.title = title ? `${title} · ${say("brand")}` : say("page_title");
  }

  #wire() {
    for (const id of ["new", "new-top"]) {
      byId(id).addEventListener("click", () => this.begin());
    }
    byId("close-menu").addEventListener("click", () => this.drawer.close());
    live(byId("skip"), () => say("skip"));
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault(); // The address belongs to the conversation.
      (this.views.planning ? this.plan : this.composer).focus();
    });
    const welcome = () => drawWelcome(byId("welcome"), (question) => this.ask(question));
    welcome();
    languageSwitch(byId("language"), () => {
      welcome();
      this.list.select(this.conversation.id);
      this.#name();
    });
    themeSwitch(byId("theme"));
    keySwitch(byId("remove-key"), () => location.reload());
    forgetSwitch(byId("forget"), () => this.#forgotten());
    onTravel(
      () => this.#followAddress(),
      () => this.#stay(),
    );
    onKeyNeeded((code) => {
      byId("app").classList.add("locked");
      drawKeyForm(byId("gate"), code, () => this.start());
    });
  }

  /** Something over the page was closed, and the entry of the page is the present one again. */
  #stay() {
    if (planIsOpen() && this.views.planning) {
      return;
    }
    if (openId() === null && !planIsOpen()) {
      this.#noteId(); // It may have got its id meanwhile.
    } else {
      this.#followAddress();
    }
  }

  #followAddress() {
    const id = openId();
    if (planIsOpen()) {
      this.look("plan");
    } else if (id !== null) {
      this.open(id);
    } else {
      this.#showTalk();
      if (this.conversation.id !== null) {
        this.show(this.#made(null));
      }
    }
  }

  #forgotten() {
    this.conversation.stop();
    this.plan.leave();
    dropQuestion();
    this.begin();
    this.list.refresh();
    announce(say("forgotten"));
    byId("page-notice").textContent = say("forgotten");
  }
}

adopt(document);
translate(document);
new Page().start();
