/** The server: requests, their failures, and the streamed answer. */
import { credentials } from "./access_key.js";
import { readEvents } from "./event_stream.js";
import { language, say } from "./interface.js";

/** A request that failed. `status` is 0 where the server was not reached; `wait` is in seconds. */
export class Failure extends Error {
  constructor(message, { status = 0, code = "", wait = 0 } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.wait = wait;
  }

  /** Whether the server will never take this request as it is. */
  get refused() {
    return [400, 422].includes(this.status);
  }

  /** Whether there is no access key, or a wrong one. */
  get needsKey() {
    return this.status === 401;
  }
}

const keyListeners = [];

/** Calls `listener` with the code of the error whenever the server asks for an access key. */
export function onKeyNeeded(listener) {
  keyListeners.push(listener);
}

/** The answered request. Throws Failure, or AbortError where `signal` was raised. */
export async function request(method, path, { body, signal } = {}) {
  const headers = { "Accept-Language": language(), ...credentials() };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    const text = body === undefined ? undefined : JSON.stringify(body);
    response = await fetch(path, { method, headers, body: text, signal, cache: "no-store" });
  } catch (error) {
    throw error.name === "AbortError" ? error : new Failure(say("offline"));
  }
  if (!response.ok) {
    throw await failureOf(response);
  }
  return response;
}

/** The JSON that the server answers with. */
export async function requestJson(method, path, options) {
  return (await request(method, path, options)).json();
}

/**
 * Each event of the answer to `asking` as `{event, data}` with its data parsed. Throws Failure, also
 * where the connection breaks, or AbortError where `signal` was raised.
 */
export async function* askStream(asking, signal) {
  const response = await request("POST", "/v1/ask/stream", { body: asking, signal });
  try {
    for await (const { event, data } of readEvents(response.body)) {
      yield { event, data: JSON.parse(data) };
    }
  } catch (error) {
    throw error.name === "AbortError" ? error : new Failure(say("cut"));
  }
}

/** The Failure that an `error` event tells of. */
export function failureOfEvent({ error }) {
  return new Failure(error?.message ?? say("failed"), { status: 500, code: error?.code ?? "" });
}

async function failureOf(response) {
  const { status } = response;
  const error = await response.json().then(
    (body) => body?.error ?? {},
    () => ({}),
  );
  if (status === 401) {
    keyListeners.forEach((listener) => listener(error.code));
  }
  const wait = Number(response.headers.get("Retry-After")) || 0;
  const message = error.message || say("http_error", { status });
  return new Failure(message, { status, code: error.code ?? "", wait });
}
