// Runs before anything is drawn, so that parts which need script do not appear late; a file, because inline script is refused.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
