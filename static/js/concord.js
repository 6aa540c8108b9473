// Small conveniences; every page does its main job without them.
"use strict";
(() => {
  const store = {
    get: (k) => { try { return localStorage.getItem(k); } catch { return null; } },
    set: (k, v) => { try { v === null ? localStorage.removeItem(k) : localStorage.setItem(k, v); } catch { /* storage is off */ } },
  };
  const button = (label, className, onClick) => {
    const node = document.createElement("button");
    node.type = "button"; node.className = className; node.textContent = label;
    node.addEventListener("click", onClick);
    return node;
  };

  // One click, one request.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    if (form.dataset.keep !== undefined) { keep(form); store.set("concord-sent", keyOf(form)); }
    window.setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

  // Long forms: what is typed stays in this browser until the server has answered with success, which a success
  // message or data-forget on the next page tells. A sign-in page, an error or a refusal in between keeps it.
  const sent = store.get("concord-sent");
  if (sent && document.querySelector(".usa-alert--success") && !document.querySelector(".c-errors")) store.set(sent, null);
  store.set("concord-sent", null);
  const own = `concord:${document.body.dataset.who || ""}`; // two people may share a browser
  const keyOf = (form) => `${own}:${form.dataset.keep || location.pathname}`;
  const secret = (form, name) => form.querySelector(`[name="${CSS.escape(name)}"][type=password]`) !== null;
  const typed = (form) => {
    const found = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || name === "csrfmiddlewaretoken" || name === "row_version" || secret(form, name)) continue;
      found[name] = name in found ? [found[name], value].flat() : value;
    }
    return found;
  };
  const keep = (form) => store.set(keyOf(form), JSON.stringify(typed(form)));
  const bringBack = (form, kept) => {
    for (const field of form.elements) {
      if (!field.name || ["hidden", "file", "password", "submit", "button", "fieldset"].includes(field.type)) continue;
      const values = [kept[field.name] ?? []].flat();
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
  };
  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const state = form.querySelector("[data-save-state]");
    const kept = store.get(keyOf(form));
    if (kept && kept !== JSON.stringify(typed(form))) {
      const offer = button("Bring back what you typed earlier", "usa-button usa-button--unstyled c-back", () => {
        bringBack(form, JSON.parse(kept));
        offer.remove();
      });
      form.prepend(offer);
    }
    form.addEventListener("input", () => {
      keep(form);
      if (state && form.dataset.autosave === undefined) state.textContent = "Not sent yet; kept in this browser.";
    });
  });
  document.querySelectorAll("[data-forget]").forEach((node) => store.set(`${own}:${node.dataset.forget}`, null));

  // Autosave: "Saving…", "Saved 10:42", "Not saved, retry". One request at a time; the last text wins.
  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    const state = form.querySelector("[data-save-state]");
    if (!state) return;
    state.setAttribute("role", "status");
    let timer = 0, busy = false, again = false, stopped = false;
    const failed = (words) => {
      state.replaceChildren(`${words} `, button("Retry", "usa-button usa-button--unstyled", save));
    };
    async function save() {
      if (busy) { again = true; return; }
      busy = true; again = false;
      state.textContent = "Saving…";
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual" });
        if (answer.status === 409) { stopped = true; state.textContent = "Not saved: somebody changed this since you opened it. Press Save to see both texts."; return; }
        if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) { failed("Not saved: sign in again in another tab; your text is kept here."); return; }
        if (!answer.ok) { failed("Not saved; your text is kept in this browser."); return; }
        const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
        if (said.row_version !== undefined && form.elements.row_version) form.elements.row_version.value = said.row_version;
        state.textContent = `Saved ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
        if (form.dataset.keep !== undefined && !again) store.set(keyOf(form), null);
      } catch {
        failed("Not saved; your text is kept in this browser.");
      } finally {
        busy = false;
        if (again && !stopped) save();
      }
    }
    form.addEventListener("input", () => {
      if (stopped) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(save, 1500);
    });
  });

  // Who else of one's own side has the text open, and whether it was saved meanwhile; only while it is looked at.
  document.querySelectorAll("form[data-here]").forEach((form) => {
    const show = (name, text) => {
      const node = form.querySelector(`[data-here-${name}]`);
      if (node && node.textContent !== text) node.textContent = text;
    };
    const ask = async () => {
      if (document.visibilityState !== "visible") return;
      const body = new FormData();
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.set("clause", form.dataset.hereClause || "");
      body.set("row_version", form.elements.row_version?.value || "");
      try {
        const answer = await fetch(form.dataset.here, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
        if (!answer.ok) return;
        const said = await answer.json();
        show("who", said.here); show("saved", said.saved); show("newer", said.newer);
      } catch { /* the next one asks again */ }
    };
    window.setInterval(ask, 20000);
    document.addEventListener("visibilitychange", ask);
  });

  // A part that changes by itself, such as a run under way, only while it is looked at. When its state is another one, so are
  // the buttons around it: the whole page is asked for.
  document.querySelectorAll("[data-refresh]").forEach((node) => {
    let busy = false;
    window.setInterval(async () => {
      if (busy || document.visibilityState !== "visible") return;
      busy = true;
      try {
        const answer = await fetch(node.dataset.refresh, { headers: { Accept: "text/html" }, redirect: "manual" });
        if (!answer.ok) return;
        const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-state]");
        const old = node.firstElementChild;
        if (made?.dataset.state !== old.dataset.state) location.reload();
        else if (made.innerHTML !== old.innerHTML) old.replaceWith(made);
      } catch { /* the next one asks again */ } finally { busy = false; }
    }, 2000);
  });

  document.querySelector("[data-focus]")?.focus();

  // Copy an id: the button appears only where it can work.
  const copy = (node, text) => navigator.clipboard.writeText(text).then(() => { node.textContent = "Copied"; }, () => { node.textContent = "Select it and copy"; });
  if (navigator.clipboard) {
    document.querySelectorAll("[data-copy]").forEach((node) => {
      const text = node.dataset.copy || node.textContent;
      if (node.tagName === "BUTTON") { node.addEventListener("click", () => copy(node, text)); return; }
      const made = button("Copy", "c-copy", () => copy(made, text));
      if (node.dataset.copy) made.setAttribute("aria-label", `Copy ${text}`);
      made.addEventListener("click", () => made.removeAttribute("aria-label"));
      node.after(made);
    });
  }

  // A passkey that did not work is said in words, where the button stands.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const place = document.querySelector("[data-passkey-error]");
    if (place) place.textContent = "Your passkey did not answer. Try again, or use another way to sign in.";
  });

  // Keyboard: "/" search, "?" help, j k o in lists; off in the profile.
  if (document.body.dataset.shortcuts === "on") {
    const KEYS = [["/", "search"], ["j", "next row of a list"], ["k", "row before"], ["o", "open the row"], ["?", "this help"], ["Esc", "close this help"]];
    const made = (tag, text, className) => {
      const node = document.createElement(tag);
      if (text) node.textContent = text;
      if (className) node.className = className;
      return node;
    };
    const help = made("dialog", "", "c-help");
    const heading = made("h2", "Keyboard");
    heading.id = "keyboard-help";
    help.setAttribute("aria-labelledby", heading.id);
    const list = made("dl", "", "c-keys");
    for (const [key, does] of KEYS) {
      const term = made("dt");
      term.append(made("kbd", key));
      list.append(term, made("dd", does));
    }
    const off = made("p", "Every page works without these. ", "c-muted");
    const link = made("a", "Switch them off in your profile");
    link.href = "/profile/#id_keyboard_shortcuts";
    off.append(link, ".");
    help.append(heading, list, off, button("Close", "usa-button usa-button--outline", () => help.close()));
    document.body.append(help);
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.querySelector("a"));
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      if (event.key === "j" || event.key === "k") {
        const to = at < 0 ? 0 : at + (event.key === "j" ? 1 : -1);
        rows[Math.max(0, Math.min(rows.length - 1, to))]?.querySelector("a").focus();
      } else if (event.key === "o") rows[at]?.querySelector("a").click();
      else if (event.key === "?") help.showModal();
      else if (event.key === "/") {
        const search = document.getElementById("search");
        if (search) { event.preventDefault(); search.focus(); search.select(); }
      }
    });
  }

  // A file's hash, computed here: the file itself is never sent (its field has no name).
  document.querySelectorAll("form[data-hash]").forEach((form) => {
    const field = form.querySelector("[name=sha256]"), row = form.querySelector("[data-hash-file]");
    const input = row?.querySelector("input"), state = row?.querySelector("[data-hash-state]");
    if (!input || !window.crypto?.subtle) return;
    row.hidden = false;
    input.addEventListener("change", async () => {
      const file = input.files[0];
      if (!file) return;
      state.textContent = `Hashing ${file.name} …`;
      try {
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
        field.value = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        state.textContent = `${file.name} is hashed. Press Check.`;
      } catch { state.textContent = `${file.name} cannot be read here. Compute its SHA-256 as described below.`; }
    });
  });
})();
