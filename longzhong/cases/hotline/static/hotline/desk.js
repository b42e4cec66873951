/* The call desk without a mouse: arrows choose a customer, Alt+1..3 a category, Alt+C another by its words, Alt+P a promise,
   Alt+J the same matter, Alt+T the words; Ctrl+Enter opens, Alt+A answers, Alt+O tells of the outage, Alt+K keeps, Esc searches again. */
(function () {
  "use strict";
  const q = () => document.getElementById("desk-q");
  const press = (key) => { const button = document.querySelector(`#desk-form [data-key="${key}"]`); if (button) button.click(); return Boolean(button); };
  const tick = (box) => { if (!box) return false; box.checked = true; box.dispatchEvent(new Event("change", { bubbles: true })); return true; };
  const move = (by) => {
    const links = [...document.querySelectorAll("#desk-found [data-pick]")];
    if (!links.length) return false;
    const at = links.indexOf(document.activeElement);
    if (at + by < 0) q().focus(); else links[Math.min(at + by, links.length - 1)].focus();
    return true;
  };
  const inSearch = () => document.activeElement === q() || document.activeElement.matches("[data-pick]");
  const focus = (id) => { const field = document.getElementById(id); if (field) field.focus(); return Boolean(field); };
  const FIELDS = { KeyT: "id_text", KeyP: "id_promise", KeyC: "desk-narrow" };
  const KEYS = { KeyA: "alt+a", KeyO: "alt+o", KeyK: "alt+k" };
  const alt = (code) => {
    if (/^Digit[1-3]$/.test(code)) return tick(document.querySelector(`[data-guess="${code.slice(-1)}"]`));
    if (code === "KeyJ") return tick(document.querySelector("[data-same]"));
    if (FIELDS[code]) return focus(FIELDS[code]);
    return KEYS[code] ? press(KEYS[code]) : false;
  };
  /* Words typed beside the list of categories leave only those that have them all, and take the first. */
  const narrow = (box) => {
    const list = document.getElementById("id_category"), words = box.value.split(/\s+/).filter(Boolean);
    const fit = [...list.options].filter((one) => { one.hidden = Boolean(words.length) && !words.every((word) => one.text.includes(word)); return !one.hidden && one.value; });
    list.value = words.length && fit.length ? fit[0].value : "";
  };
  const first = document.querySelector("[data-first]");  // not on a phone: its keyboard would hide what the page says
  if (first && matchMedia("(pointer: fine)").matches) first.focus();
  document.addEventListener("input", (event) => { if (event.target.id === "desk-narrow") narrow(event.target); });
  document.addEventListener("keydown", (event) => {
    let used = false;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") used = press("ctrl+enter");
    else if (event.altKey && !event.ctrlKey) used = alt(event.code);
    else if (event.key === "ArrowDown" && inSearch()) used = move(1);
    else if (event.key === "ArrowUp" && inSearch()) used = move(-1);
    else if (event.key === "Enter" && document.activeElement === q()) { const first = document.querySelectorAll("#desk-found [data-pick]"); if (first.length === 1) { first[0].click(); used = true; } }
    else if (event.key === "Escape" && document.activeElement !== q()) { q().focus(); q().select(); used = true; }
    if (used) event.preventDefault();
  });
})();
