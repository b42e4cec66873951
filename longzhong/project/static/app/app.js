/* The small script of the shell: slash, rows that open, dialogs, countdowns, one send a form. HTMX does the rest. */
(function () {
  "use strict";
  const meta = document.querySelector('meta[name="lz-now"]');
  const start = meta && meta.content ? Date.parse(meta.content) : NaN;
  const ahead = Number.isNaN(start) ? 0 : start - Date.now();

  const words = (ms) => {
    const minutes = Math.floor(Math.abs(ms) / 60000), days = Math.floor(minutes / 1440), hours = Math.floor((minutes % 1440) / 60);
    if (days) return days + "天" + (hours ? hours + "小时" : "");
    if (hours) return hours + "小时" + (minutes % 60 ? (minutes % 60) + "分" : "");
    return minutes + "分";
  };
  const tick = () => document.querySelectorAll("time[data-due]").forEach((el) => {
    const left = Date.parse(el.dateTime) - Date.now() - ahead;
    el.textContent = (left < 0 ? "超时 " : "还剩 ") + words(left);
    if (left < 0) { const badge = el.closest(".lz-badge"); badge.classList.remove("lz-tone-info", "lz-tone-soon"); badge.classList.add("lz-tone-late"); }
  });
  setInterval(tick, 30000);

  /* A dialog begins where one types; on a touch screen at its title, so that no keyboard jumps up over it. */
  const first = (dialog) => matchMedia("(pointer: fine)").matches && dialog.querySelector("input:not([type=hidden]), select, textarea") || dialog.querySelector("h2");
  const open = (dialog) => { if (!dialog.open) { dialog.showModal(); first(dialog)?.focus(); dialog.dispatchEvent(new CustomEvent("lz:open", { bubbles: false })); } };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) { const dialog = document.getElementById(opener.dataset.open); if (dialog) open(dialog); return; }
    if (event.target.closest("[data-close]")) { event.target.closest("dialog")?.close(); return; }
    if (event.target.matches("dialog")) { event.target.close(); return; }
    if (event.target.closest("[data-back]")) { history.back(); return; }
    document.querySelectorAll("details.lz-menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    const row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a, button, input, label, summary") && !String(getSelection())) {
      if (event.ctrlKey || event.metaKey) window.open(row.dataset.href); else location.href = row.dataset.href;
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      const box = document.querySelector("[data-slash]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
    if (event.key === "Escape") document.querySelectorAll("details.lz-menu[open]").forEach((menu) => { menu.open = false; });
  });
  /* One send: a second press while the first is under way does nothing. HTMX forms are freed when the answer comes. */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-once]");
    if (!form) return;
    if (form.dataset.busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.busy = "1";
  }, true);
  const free = (event) => { const form = event.target.closest?.("form[data-once]"); if (form) delete form.dataset.busy; };
  document.addEventListener("htmx:afterRequest", (event) => { if (!event.detail.xhr?.getResponseHeader("HX-Redirect")) free(event); });
  document.addEventListener("htmx:sendError", (event) => { free(event); say("网络不通，内容还在，请稍后再试。"); });
  document.addEventListener("htmx:responseError", (event) => { free(event); say("系统没能完成这一步（" + event.detail.xhr.status + "），内容还在，请稍后再试。"); });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach((form) => delete form.dataset.busy));
  const say = (text) => {
    let box = document.querySelector(".lz-messages");
    if (!box) { box = document.createElement("div"); box.className = "lz-messages"; box.setAttribute("role", "status"); document.getElementById("main").prepend(box); }
    const note = document.createElement("div"); note.className = "lz-note lz-tone-late"; note.textContent = text; box.replaceChildren(note); note.scrollIntoView({ block: "nearest" });
  };
  /* A table wider than its card scrolls there; every other one keeps its head in sight. */
  const widen = (root) => root.querySelectorAll?.(".lz-table-wrap").forEach((el) => {
    el.classList.remove("lz-wide");
    el.classList.toggle("lz-wide", el.firstElementChild && el.firstElementChild.offsetWidth > el.clientWidth + 1);
  });
  addEventListener("load", () => widen(document));
  addEventListener("resize", () => widen(document));
  const ready = (root) => {
    root.querySelectorAll?.("dialog[data-open-now]").forEach(open);
    root.querySelectorAll?.("select[data-go]").forEach((el) => el.addEventListener("change", () => { location.href = el.value; }));
    root.querySelectorAll?.("input[data-submit], select[data-submit]").forEach((el) => el.addEventListener("change", () => el.form.requestSubmit()));
    widen(root);
    tick();
  };
  document.addEventListener("htmx:load", (event) => ready(event.target));
  if (!window.htmx) ready(document);
})();
