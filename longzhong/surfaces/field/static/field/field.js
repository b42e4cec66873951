/* Phone pages: position, smaller photos, and steps that wait in the phone (IndexedDB) until there is signal.
   A step is sent with its client key as often as needed; the server does it once. */
(function () {
  "use strict";
  const box = document.getElementById("field-queue");
  if (!box) return;
  const user = box.dataset.user, home = box.dataset.home, t = JSON.parse(document.getElementById("field-words").textContent);
  const now = () => { const meta = document.querySelector('meta[name="lz-now"]'); return meta && started ? Date.parse(meta.content) + (Date.now() - started) : Date.now(); };
  const started = Date.now();
  const say = (where, text, tone) => { const note = document.createElement("div"); note.className = "lz-note lz-tone-" + tone; note.textContent = text; where.replaceChildren(note); note.scrollIntoView({ block: "nearest" }); };

  /* ---- the queue ---- */
  const base = new Promise((done, fail) => { const open = indexedDB.open("lz-field", 1); open.onupgradeneeded = () => open.result.createObjectStore("steps", { keyPath: "key" }); open.onsuccess = () => done(open.result); open.onerror = () => fail(open.error); });
  const store = async (mode, work) => { const db = await base; return new Promise((done, fail) => { const tx = db.transaction("steps", mode), asked = work(tx.objectStore("steps")); tx.oncomplete = () => done(asked && asked.result); tx.onerror = tx.onabort = () => fail(tx.error); }); };
  const waiting = async () => (await store("readonly", (steps) => steps.getAll())).filter((step) => step.user === user).sort((a, b) => a.at - b.at);
  const keep = (step) => store("readwrite", (steps) => steps.put(step));
  const drop = (key) => store("readwrite", (steps) => steps.delete(key));

  let token = (JSON.parse(document.body.getAttribute("hx-headers") || "{}"))["X-CSRFToken"];
  const freshToken = async () => {
    const answer = await fetch(home, { credentials: "same-origin", cache: "no-store" });
    if (answer.redirected || !answer.ok) return false;
    const seen = new DOMParser().parseFromString(await answer.text(), "text/html");
    token = JSON.parse(seen.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];
    return Boolean(token);
  };
  const post = async (step) => {
    const data = new FormData();
    step.fields.forEach(([name, value]) => data.append(name, value));
    step.files.forEach((file) => data.append("photos", file.blob, file.name));
    return fetch(step.url, { method: "POST", body: data, credentials: "same-origin", headers: { "X-CSRFToken": token, Accept: "application/json" } });
  };
  /* → "sent", "refused" (with the reason), "later" (no signal, server down) or "sign-in" */
  const send = async (step) => {
    try {
      let answer = await post(step);
      if (answer.status === 401 || answer.status === 403) { if (!(await freshToken())) return ["sign-in", t.signIn]; answer = await post(step); }
      if (answer.ok) return ["sent", ""];
      if (answer.status === 401) return ["sign-in", t.signIn];
      if (answer.status >= 500) return ["later", ""];
      const body = await answer.json().catch(() => ({}));
      return ["refused", (body.error && body.error.message) || t.refused + " " + answer.status];
    } catch (error) { return ["later", ""]; }
  };
  let busy = false;
  const flush = async () => {
    if (busy) return; busy = true;
    try {
      for (const step of await waiting()) {
        if (step.refused) continue;
        const [how, why] = await send(step);
        if (how === "sent") await drop(step.key);
        else if (how === "refused") await keep({ ...step, refused: why });
        else break;
      }
    } finally { busy = false; await draw(); }
  };
  const draw = async () => {
    const steps = await waiting();
    box.hidden = steps.length === 0;
    const list = steps.map((step) => {
      const row = document.createElement("li"), text = document.createElement("span");
      row.className = "lz-note lz-tone-" + (step.refused ? "late" : "soon");
      text.textContent = step.label + (step.refused ? "：" + step.refused : "：" + t.waiting);
      row.append(text);
      if (step.refused) { const button = document.createElement("button"); button.type = "button"; button.className = "btn btn-sm"; button.textContent = t.discard; button.addEventListener("click", async () => { if (confirm(t.sure)) { await drop(step.key); draw(); } }); row.append(button); }
      return row;
    });
    box.querySelector("ul").replaceChildren(...list);
  };

  /* ---- photos: large ones are made smaller, for a bad line ---- */
  const smaller = async (file) => {
    if (file.size < 1.5e6) return { blob: file, name: file.name };
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" }), scale = Math.min(1, 1920 / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas"); canvas.width = Math.round(image.width * scale); canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return blob ? { blob, name: file.name.replace(/\.\w+$/, "") + ".jpg" } : { blob: file, name: file.name };
    } catch (error) { return { blob: file, name: file.name }; }
  };

  /* ---- position ---- */
  const locate = (form) => {
    const state = form.querySelector("[data-place-state]"), why = form.querySelector("[data-place-why]");
    const failed = () => { state.textContent = t.noPlace; why.hidden = false; };
    if (!navigator.geolocation) { failed(); return; }
    state.textContent = t.locating;
    navigator.geolocation.watchPosition((found) => {
      form.elements.lat.value = found.coords.latitude.toFixed(6); form.elements.lon.value = found.coords.longitude.toFixed(6); form.elements.accuracy_m.value = Math.round(found.coords.accuracy);
      state.textContent = t.located.replace("%s", Math.round(found.coords.accuracy)); why.hidden = true;
    }, failed, { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 });
  };

  document.querySelectorAll("form[data-step]").forEach((form) => {
    const spot = form.querySelector(".lz-refusal");
    if (form.elements.lat) locate(form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const buttons = form.querySelectorAll("[type=submit]"), press = (shut) => buttons.forEach((button) => { button.disabled = shut; });
      press(true);
      const step = { key: form.elements.client_key.value, user, url: form.dataset.step, label: form.dataset.label, at: Date.now(), fields: [], files: [] };
      for (const [name, value] of new FormData(form)) {
        if (value instanceof File) { if (value.size) step.files.push(await smaller(value)); }
        else if (!["csrfmiddlewaretoken", "next"].includes(name) && value !== "") step.fields.push([name, value]);
      }
      if (event.submitter && event.submitter.name) step.fields.push([event.submitter.name, event.submitter.value]);
      const [how, why] = await send(step);
      if (how === "sent") { location.href = home; return; }
      press(false);
      if (how === "refused") { say(spot, why, "late"); return; }
      step.fields.push(["claimed_at", new Date(now()).toISOString()]);
      try { await keep(step); press(true); say(spot, how === "sign-in" ? why : t.kept, "soon"); await draw(); } catch (error) { say(spot, t.full, "late"); }
    });
  });

  draw().then(flush);
  addEventListener("online", flush);
  setInterval(flush, 30000);
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(box.dataset.worker, { scope: home }).then(() => navigator.serviceWorker.ready).then(() => {
      document.querySelectorAll("a[data-keep]").forEach((link) => fetch(link.href, { credentials: "same-origin" }).catch(() => {}));
      if (navigator.serviceWorker.controller === null) fetch(location.href).catch(() => {});
    }).catch(() => {});
  }
})();
