// Small conveniences; every page does its main job without them.
"use strict";
(() => {
  const store = {
    get: (k) => { try { return localStorage.getItem(k); } catch { return null; } },
    set: (k, v) => { try { v === null ? localStorage.removeItem(k) : localStorage.setItem(k, v); } catch { /* storage is off */ } },
  };

  // One click, one request.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    if (form.dataset.keep !== undefined) store.set(keyOf(form), JSON.stringify(typed(form)));
    window.setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

  // Long forms: what is typed stays in this browser until the server has answered with success.
  const keyOf = (form) => `concord:${form.dataset.keep || location.pathname}`;
  const typed = (form) => Object.fromEntries([...new FormData(form)].filter(([k, v]) => typeof v === "string" && k !== "csrfmiddlewaretoken" && k !== "row_version" && form.elements[k]?.type !== "password"));
  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const state = form.querySelector("[data-save-state]");
    const kept = store.get(keyOf(form));
    if (kept && form.dataset.restore !== undefined && state) {
      const button = document.createElement("button");
      button.type = "button"; button.className = "usa-button usa-button--unstyled"; button.textContent = "Bring back what you typed earlier";
      button.addEventListener("click", () => {
        for (const [name, value] of Object.entries(JSON.parse(kept))) {
          const field = form.elements[name];
          if (field && "value" in field && field.type !== "checkbox" && field.type !== "radio") field.value = value;
        }
      });
      state.after(button);
    }
    form.addEventListener("input", () => {
      store.set(keyOf(form), JSON.stringify(typed(form)));
      if (state) state.textContent = "Not sent yet; kept in this browser.";
    });
  });
  document.querySelectorAll("[data-forget]").forEach((node) => store.set(`concord:${node.dataset.forget}`, null));

  document.querySelector("[data-focus]")?.focus();

  // Copy an id.
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.addEventListener("click", async () => { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = "Copied"; });
  });

  // Keyboard: j k o in lists; off in the profile.
  if (document.body.dataset.shortcuts === "on") {
    let at = -1;
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      const rows = [...document.querySelectorAll("[data-row] a")];
      if (event.key === "j" || event.key === "k") {
        at = Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)));
        rows[at]?.focus();
      } else if (event.key === "o" && rows[at]) rows[at].click();
    });
  }
})();
