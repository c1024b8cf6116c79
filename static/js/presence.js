// Says who else has this page open. Without this script the page says it once, as it was when it was loaded.
// A page that cannot be seen is silent; whoever is signed out is not asked for anything.

const PAUSE = 20000;
const MISSES = 3; // after so many without an answer nobody can be said to be here
const page = document.querySelector("[data-here]");

function presence() {
  const { here, code } = page.dataset;
  const rows = document.querySelectorAll("[data-here-section]");
  let token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  let timer = 0;
  let missed = 0;

  const send = (more) =>
    fetch(here, {
      method: "POST",
      body: new URLSearchParams({ csrfmiddlewaretoken: token, code, ...more }),
      headers: { "X-Requested-With": "fetch", "X-Unattended": "yes" },
      keepalive: true,
    });
  // A live region speaks whenever it changes, so it changes only for news.
  const say = (place, text) => {
    if (place.textContent !== text) place.textContent = text;
  };
  const show = (company) => {
    say(page, company.page);
    for (const row of rows) say(row, company.sections[row.dataset.hereSection] || "");
  };
  const nobody = () => show({ page: "", sections: {} });

  async function beat() {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(beat, PAUSE);
    try {
      const response = await send({});
      const reply = await response.json();
      if (response.ok) {
        missed = 0;
        return show(reply);
      }
      // Signing in again in another tab makes older tokens stale; the answer brings the new one.
      if (response.status === 403 && reply.token) token = reply.token;
      if (response.status === 401) {
        clearTimeout(timer);
        missed = MISSES;
      }
    } catch {
      // No answer came; the next one may.
    }
    missed += 1;
    if (missed >= MISSES) nobody();
  }

  document.addEventListener("visibilitychange", beat);
  window.addEventListener("pageshow", (event) => event.persisted && beat());
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    send({ leaving: "yes" }).catch(() => {});
  });
  beat();
}

if (page) presence();
