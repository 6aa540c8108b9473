// Opens an access key whose agency keeps its own key: this page makes a key, the agency's worker seals the value to it, and the
// web host passes on what it cannot read. The private key lives in this page only and cannot be exported; what is shown is
// stored nowhere and goes with the page. The same in Python is core/page_keys.py.
"use strict";
(() => {
  const form = document.querySelector("form[data-opening]");
  if (!form) return;
  const state = form.querySelector("[data-opening-state]"), press = form.querySelector("button"), shown = document.querySelector("[data-opening-value]");
  const say = (words, wrong = false) => { state.textContent = words; state.classList.toggle("usa-error-message", wrong); };
  if (!window.isSecureContext || !window.crypto?.subtle) {
    press.disabled = true;
    say("This browser makes no keys here: open Concord over https, in a current browser, then try again.", true);
    return;
  }
  press.disabled = false;
  const CURVE = { name: "ECDH", namedCurve: "P-256" }, POINT = 65, NONCE = 12;
  const bytes = (words) => new TextEncoder().encode(words);
  const base64url = (raw) => btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const pause = (ms) => new Promise((done) => { window.setTimeout(done, ms); });

  async function post(url, body) {
    const answer = await fetch(url, {
      method: "POST", redirect: "manual", cache: "no-store", body: JSON.stringify(body),
      headers: { "Accept": "application/json", "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new Error("You are signed out here. Sign in again, then open the key.");
    const said = await answer.json().catch(() => ({}));
    if (answer.status === 403 && said.detail) throw new Error(`${said.detail} Open this page anew for that.`);
    if (!answer.ok) throw new Error(said.errors?.map((one) => one.detail).join(" ") || said.detail || "Concord does not answer. Nothing was shown; try again in a moment.");
    return said;
  }

  async function opened(pair, own, said) {
    const raw = Uint8Array.from(atob(said.sealed), (one) => one.charCodeAt(0));
    const theirs = await crypto.subtle.importKey("raw", raw.slice(0, POINT), CURVE, false, []);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
    const salt = new Uint8Array([...raw.slice(0, POINT), ...own]), info = bytes(`concord page key v1|${said.purpose}`);
    const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info }, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const sealing = { name: "AES-GCM", iv: raw.slice(POINT, POINT + NONCE), additionalData: bytes(said.purpose) };
    return new TextDecoder().decode(await crypto.subtle.decrypt(sealing, key, raw.slice(POINT + NONCE)));
  }

  async function ask() {
    const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
    const own = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    let said = await post(form.dataset.opening, { reason: form.elements.text.value, variant: form.dataset.variant, public_key: base64url(own) });
    const purpose = said.purpose, take = form.dataset.take.replace("00000000-0000-0000-0000-000000000000", said.id);
    while (!said.sealed) {
      say(said.sentence);
      await pause(1000);
      said = await post(take, {});
    }
    if (said.purpose !== purpose) throw new Error("The answer belongs to another opening. Nothing was shown; ask again.");
    let value;
    try { value = await opened(pair, own, said); } catch { throw new Error("The answer does not open with this page’s key: it was sealed to another one, or changed on its way. Nothing was shown. Tell whoever runs Concord, then ask again."); }
    return value;
  }

  const copy = shown.querySelector("[data-opening-copy]");
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", () => navigator.clipboard.writeText(shown.querySelector("pre").textContent).then(() => { copy.textContent = "Copied"; }, () => { copy.textContent = "Select it and copy"; }));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (press.disabled) return;
    press.disabled = true;
    shown.hidden = true;
    try {
      const value = await ask();
      shown.querySelector("pre").textContent = value;
      shown.hidden = false;
      say("Opened. The opening is recorded.");
      form.elements.text.value = "";
    } catch (error) {
      say(error.message, true);
    } finally {
      press.disabled = false;
    }
  });
  window.addEventListener("pagehide", () => { shown.querySelector("pre").textContent = ""; shown.hidden = true; });
})();
