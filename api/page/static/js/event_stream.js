/** Reading a text/event-stream from the body of a response. */

/**
 * Each event of `stream` as `{event, data}`, in order. Lines may end in LF, CR or CRLF, chunks may
 * be cut anywhere, comments are passed over, and an event that the stream breaks off is left out.
 */
export async function* readEvents(stream) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const block = new Block();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A CR at the end may be the first half of a CRLF.
      const usable = done || !rest.endsWith("\r") ? rest.length : rest.length - 1;
      const lines = rest.slice(0, usable).split(/\r\n|\n|\r/);
      rest = lines.pop() + rest.slice(usable);
      for (const line of lines) {
        const event = block.take(line);
        if (event) {
          yield event;
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** The lines of one event, until the empty line that ends it. */
class Block {
  #event = "";
  #data = [];

  take(line) {
    if (line === "") {
      return this.#ended();
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") {
      this.#event = value;
    } else if (field === "data") {
      this.#data.push(value);
    }
    return null;
  }

  #ended() {
    const event = { event: this.#event || "message", data: this.#data.join("\n") };
    const empty = this.#data.length === 0;
    this.#event = "";
    this.#data = [];
    return empty ? null : event;
  }
}
