// Saves a rating while it is being typed. Without this script the buttons do the same; nothing else depends on it.
// A save is sent again, unchanged, until the server has answered it, so that a lost answer is never mistaken for a conflict.

const PAUSE = 800;
const LONGEST_WAIT = 30000;
const form = document.querySelector("form[data-autosave]");

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function autosave() {
  const { elements, dataset } = form;
  const status = document.getElementById("autosave-status");
  let pending = null; // what was sent and not yet answered
  let dirty = false; // typed since then
  let stopped = false; // the server said no: only a person can go on
  let wait = PAUSE;
  let timer = 0;
  let tokenRenewed = false; // since the last save that was taken

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("app-saved", text.startsWith(dataset.saved));
  };
  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  };
  const again = () => {
    say(dataset.retrying);
    wait = Math.min(wait * 2, LONGEST_WAIT);
    later(wait);
  };
  const stop = (text) => {
    stopped = true;
    dirty = true;
    say(text);
  };

  function take() {
    const body = new URLSearchParams(new FormData(form));
    dirty = false;
    elements.after_save_id.value = elements.save_id.value;
    elements.save_id.value = newId();
    return body;
  }

  async function send() {
    if (stopped || (!pending && !dirty)) return;
    pending = pending || take();
    pending.set("csrfmiddlewaretoken", elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(dataset.autosave, {
        method: "POST",
        body: pending,
        headers: { "X-Requested-With": "fetch" },
      });
      answered(response.status, await response.json().catch(() => ({})));
    } catch {
      again();
    }
  }

  function answered(code, reply) {
    if (code === 200) return saved(reply);
    if (code === 422) return refused(reply);
    if (code === 403 && reply.token) return renewed(reply.token);
    if (code === 401) {
      say(dataset.signedOut);
      wait = LONGEST_WAIT / 2;
      return later(wait);
    }
    if (code === 409) return stop(dataset[reply.error] || dataset.stale);
    return code >= 500 || code === 429 ? again() : stop(dataset.refused);
  }

  // Signing in again in another tab makes every older token stale; the answer brings the new one.
  function renewed(token) {
    const isFirst = elements.csrfmiddlewaretoken.value !== token && !tokenRenewed;
    elements.csrfmiddlewaretoken.value = token;
    tokenRenewed = true;
    if (!isFirst) return again();
    wait = PAUSE;
    later(0);
  }

  function saved(reply) {
    pending = null;
    tokenRenewed = false;
    wait = PAUSE;
    elements.revision.value = reply.revision;
    elements.after_save_id.value = "";
    say(`${dataset.saved} ${reply.saved_at}`);
    if (dirty) later(PAUSE);
  }

  function refused(reply) {
    pending = null;
    dirty = true;
    say(`${dataset.invalid} ${Object.values(reply.messages || {}).flat().join(" ")}`);
  }

  function changed() {
    dirty = true;
    count();
    if (!stopped && !pending) later(PAUSE);
  }

  function count() {
    const shown = document.getElementById("in-place");
    if (shown) shown.textContent = form.querySelectorAll('.app-seg input[value="yes"]:checked').length;
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    dirty = stopped = false;
    pending = null;
  });
  window.addEventListener("online", () => pending && later(0));
  window.addEventListener("beforeunload", (event) => {
    if (dirty || pending) event.preventDefault();
  });
}

if (form) autosave();
