// Saves a rating while it is being typed. Without this script the buttons do the same; nothing else depends on it.
// A save is sent again, unchanged, until the server has answered it, so that a lost answer is never mistaken for a conflict.
// Whoever leaves is saved first: a link waits for the answer, and a page that is closed sends what it still has.

const PAUSE = 800;
const LONGEST_WAIT = 30000;
const LARGEST_PARTING = 60000; // bytes that a browser still sends for a page that is gone
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
  // On the page that shows a colleague's answer beside one's own, saving is a decision: only a button saves.
  const isDecision = "conflict" in form.dataset;
  let dirty = isDecision; // typed since then
  let stopped = isDecision; // the server said no: only a person can go on
  let failing = isDecision; // the last save did not come through
  let holding = false; // somebody who is leaving waits for the answer
  let flight = null;
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
  const isBusy = () => Boolean(pending) || dirty;
  const again = () => {
    failing = true;
    say(dataset.retrying);
    wait = Math.min(wait * 2, LONGEST_WAIT);
    later(wait);
  };
  const stop = (text) => {
    stopped = failing = dirty = true;
    say(text);
  };

  function take() {
    const body = new URLSearchParams(new FormData(form));
    dirty = false;
    elements.after_save_id.value = elements.save_id.value;
    elements.save_id.value = newId();
    return body;
  }

  function send() {
    flight ||= post().finally(() => {
      flight = null;
    });
    return flight;
  }

  async function post() {
    if (stopped || !isBusy()) return;
    const sent = (pending ||= take());
    sent.set("csrfmiddlewaretoken", elements.csrfmiddlewaretoken.value);
    const body = sent.toString();
    let reply = {};
    try {
      const response = await fetch(dataset.autosave, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "fetch" },
        keepalive: body.length < LARGEST_PARTING,
      });
      reply = { code: response.status, ...(await response.json().catch(() => ({}))) };
    } catch {
      // No answer came; what was sent is still pending.
    }
    if (sent !== pending) return; // sent again since, with more in it
    if (reply.code) answered(reply.code, reply);
    else again();
  }

  function answered(code, reply) {
    if (code === 200) return saved(reply);
    if (code === 422) return refused(reply);
    if (code === 403 && reply.token) return renewed(reply.token);
    if (code === 401) {
      failing = true;
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
    failing = tokenRenewed = false;
    wait = PAUSE;
    elements.revision.value = reply.revision;
    elements.after_save_id.value = "";
    say(`${dataset.saved} ${reply.saved_at}`);
    if (dirty) later(document.hidden ? 0 : PAUSE);
  }

  function refused(reply) {
    pending = null;
    dirty = failing = true;
    say(`${dataset.invalid} ${Object.values(reply.messages || {}).flat().join(" ")}`);
  }

  function changed() {
    dirty = true;
    if (!stopped && !pending) {
      failing = false;
      later(PAUSE);
    }
    count();
  }

  function count() {
    const shown = document.getElementById("in-place");
    if (!shown) return;
    const chosen = Array.from(form.querySelectorAll(".app-seg input:checked"), (sign) => sign.value);
    const inPlace = chosen.filter((value) => value === "yes").length;
    shown.textContent = chosen.length ? shown.dataset.answered.replace("#", inPlace) : shown.dataset.unanswered;
  }

  // Lets somebody go once all is saved, or once it is plain that saving fails; a second click goes at once.
  async function hold(event, go) {
    if (holding || failing || !isBusy()) return;
    event.preventDefault();
    holding = true;
    clearTimeout(timer);
    while (isBusy() && !failing) await send();
    holding = false;
    go();
  }

  // For a page that is about to be gone: nothing waits for the answer of the save before.
  function sendTheRest() {
    if (!dirty || failing) return;
    clearTimeout(timer);
    pending = take();
    failing = pending.toString().length >= LARGEST_PARTING;
    post();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const opensElsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || link.target || opensElsewhere || link.getAttribute("href").startsWith("#")) return;
    if (link.hasAttribute("data-discards")) {
      clearTimeout(timer);
      dirty = false;
      return;
    }
    hold(event, () => link.click());
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form) hold(event, () => event.target.requestSubmit(event.submitter));
  });
  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    dirty = stopped = failing = false;
    pending = null;
  });
  window.addEventListener("online", () => pending && later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && dirty && !failing) send();
  });
  window.addEventListener("pagehide", sendTheRest);
  window.addEventListener("beforeunload", (event) => {
    sendTheRest();
    if (failing && isBusy()) event.preventDefault();
  });
  count();
}

if (form) autosave();
