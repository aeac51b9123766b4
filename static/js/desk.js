/* The review desk by keyboard, and texts that are inserted. Every page works without this file. */
(() => {
  const STORE = "carrel-desk-keys";
  const keys = document.getElementById("keys");
  const isOn = () => localStorage.getItem(STORE) !== "off";
  const rows = () => [...document.querySelectorAll("a[data-row]")];

  function move(step) {
    const all = rows();
    if (!all.length) {
      document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
      return;
    }
    const at = all.findIndex((row) => row.closest("tr") === document.activeElement?.closest("tr"));
    all[Math.min(Math.max(at + step, 0), all.length - 1)].focus();
  }

  function tick() {
    const row = document.activeElement?.closest("tr");
    row?.querySelector("input[type=checkbox]")?.click();
  }

  function help() {
    if (!keys) return;
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  }

  const deeds = {
    j: () => move(1),
    k: () => move(-1),
    x: tick,
    "/": () => document.getElementById("id_q")?.focus(),
    a: () => document.querySelector("a[href='#act']")?.click(),
    "?": help,
  };

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const deed = deeds[event.key];
    if (!deed || (isTyping(event.target) && event.target.type !== "checkbox")) return;
    event.preventDefault();
    deed();
  });

  if (keys) {
    const box = document.getElementById("keys-on");
    keys.hidden = false;
    box.checked = isOn();
    box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
  }

  let written = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[data-takes-snippets]")) written = event.target;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    const area = written ?? document.querySelector("details[open] textarea[data-takes-snippets]");
    if (!button || !area) return;
    area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
    area.focus();
  });

  /* A fold that an address names is opened, so that the link to it leads somewhere. */
  function unfold() {
    const named = location.hash && document.getElementById(location.hash.slice(1));
    if (named?.matches("details")) named.open = true;
  }
  addEventListener("hashchange", unfold);
  unfold();
})();
