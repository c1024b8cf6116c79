// Says how far reports are while they are made, and opens one that is ready where the page is about nothing else.
// Without this script the page says it once, and a link looks again. A page that cannot be seen is silent.

const PAUSE = 2000;
const LONGEST_PAUSE = 30000;

function watch(place) {
  const { then, lost } = place.dataset;
  let address = place.dataset.progress;
  let pause = PAUSE;

  // A live region speaks whenever it changes, so it changes only for news.
  const say = (text) => {
    if (place.textContent !== text) place.textContent = text;
  };
  const later = () => setTimeout(look, pause);

  async function look() {
    if (document.hidden) return later();
    try {
      const response = await fetch(address, { headers: { "X-Requested-With": "fetch", "X-Unattended": "yes" } });
      if (!response.ok) throw new Error(response.status);
      const reply = await response.json();
      pause = PAUSE;
      address = reply.next || address;
      // Where the page is about the report alone, its heading says what is done.
      say((then && reply.below) || reply.words);
      if (reply.state === "waiting") return later();
      if (then && reply.state !== "failed") location.replace(then);
      else if (place.dataset.renew !== undefined && reply.state === "ready") location.reload();
      else if (reply.state === "idle") {
        // Nobody makes reports now; somebody may begin to.
        pause = LONGEST_PAUSE;
        later();
      }
    } catch {
      if (lost) say(lost);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
      later();
    }
  }
  if (place.textContent.trim()) later();
  else look();
}

for (const place of document.querySelectorAll("[data-progress]")) watch(place);
