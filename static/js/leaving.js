// Lets the browser ask before somebody leaves a form whose words are not saved yet. Nothing else depends on it.

function warn(form) {
  let isLeaving = false; // by sending the form, or on purpose

  const hasChanged = (control) =>
    control.type === "checkbox" || control.type === "radio"
      ? control.checked !== control.defaultChecked
      : "defaultValue" in control && control.value !== control.defaultValue;
  const isUnsaved = () => form.dataset.warn === "unsaved" || Array.from(form.elements).some(hasChanged);

  form.addEventListener("submit", () => {
    isLeaving = true;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-discards]")) isLeaving = true;
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && isUnsaved()) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("form[data-warn]")) warn(form);
