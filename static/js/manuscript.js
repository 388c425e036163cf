/* The editor of a manuscript: words are typed freely, figures are chips that can only be moved or removed.

   Every textarea with data-words keeps the text with tokens 〔12次·activities〕 and is what is sent; the editable area
   above it is written back into it after every change. Without this script the textareas themselves are edited. */
(function () {
  "use strict";

  const TOKEN = /〔([^〔〕·]*)·([^〔〕·]+)〕/g;
  const FIGURES = "text/x-manuscript";
  const EDGE = "\u200b"; // a place for the caret beside a chip; never part of the text
  const list = document.querySelector("[data-figures]");
  if (!list) return;

  const announcer = document.getElementById("announcer");
  const facts = new Map();
  list.querySelectorAll("[data-figure]").forEach(function (button) { facts.set(button.dataset.figure, button.dataset); });
  let target = null; // the area the list of figures was opened for
  let place = null; // and where in it

  function announce(text) { if (announcer) announcer.textContent = text; }

  // --- text ↔ what is shown --------------------------------------------------------------------------------
  function chip(key, value) {
    const known = facts.get(key);
    const node = document.createElement("span");
    node.className = known ? "figure-chip" : "figure-chip figure-chip-gone";
    node.contentEditable = "false";
    node.dataset.key = key;
    node.textContent = value; // as it is printed; the server renews it when it is saved
    if (known) node.title = known.label;
    return node;
  }

  function parts(text) {
    const found = document.createDocumentFragment();
    let at = 0;
    for (const match of text.matchAll(TOKEN)) {
      found.append(text.slice(at, match.index) || EDGE, chip(match[2], match[1]));
      at = match.index + match[0].length;
    }
    found.append(text.slice(at) || (at ? EDGE : ""));
    return found;
  }

  function read(node) {
    let text = "";
    node.childNodes.forEach(function (each) {
      if (each.nodeType === Node.TEXT_NODE) text += each.data;
      else if (each.nodeType !== Node.ELEMENT_NODE) return;
      else if (each.dataset.key) text += "〔" + each.textContent + "·" + each.dataset.key + "〕";
      else if (each.tagName === "BR") text += "\n";
      else text += (text && !text.endsWith("\n") && /^(DIV|P)$/.test(each.tagName) ? "\n" : "") + read(each);
    });
    return text;
  }

  function words(area) {
    return read(area).split(EDGE).join("").replace(/\u00a0/g, " ").replace(/\n+$/, "");
  }

  function keep(area) {
    const field = area.nextElementSibling;
    const text = words(area);
    if (field.value === text) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // --- the caret and the chip beside it ----------------------------------------------------------------------
  function caret() {
    const selection = window.getSelection();
    return selection.rangeCount && selection.isCollapsed ? selection.getRangeAt(0) : null;
  }

  function beside(back) {
    const at = caret();
    if (!at) return null;
    let node = at.startContainer;
    let next;
    if (node.nodeType === Node.TEXT_NODE) {
      const between = back ? node.data.slice(0, at.startOffset) : node.data.slice(at.startOffset);
      if (between.split(EDGE).join("")) return null;
      next = back ? node.previousSibling : node.nextSibling;
    } else next = node.childNodes[at.startOffset - (back ? 1 : 0)];
    while (next && next.nodeType === Node.TEXT_NODE && !next.data.split(EDGE).join("")) {
      next = back ? next.previousSibling : next.nextSibling;
    }
    return next && next.dataset && next.dataset.key ? next : null;
  }

  function select(range) {
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function pass(found, back) {
    const range = document.createRange();
    const next = back ? found.previousSibling : found.nextSibling;
    if (next && next.nodeType === Node.TEXT_NODE) range.setStart(next, back ? next.data.length : 0);
    else if (back) range.setStartBefore(found);
    else range.setStartAfter(found);
    range.collapse(true);
    select(range);
  }

  function drop(found) {
    const range = document.createRange();
    range.selectNode(found);
    select(range);
    document.execCommand("delete");
    announce("已删去数字 " + found.textContent);
  }

  function key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const area = event.currentTarget;
    if (event.key === "Enter") {
      if (event.ctrlKey || event.metaKey) { event.preventDefault(); area.closest("form").requestSubmit(); return; }
      event.preventDefault();
      if (area.dataset.kind !== "heading") document.execCommand("insertLineBreak");
      return;
    }
    if ((event.ctrlKey || event.metaKey) && /^[biu]$/i.test(event.key)) { event.preventDefault(); return; }
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const back = event.key === "Backspace" || event.key === "ArrowLeft";
    if (!back && event.key !== "Delete" && event.key !== "ArrowRight") return;
    const found = beside(back);
    if (!found) return;
    event.preventDefault();
    if (event.key.startsWith("Arrow")) pass(found, back);
    else drop(found);
  }

  // --- putting in ----------------------------------------------------------------------------------------------
  function put(area, text) {
    const holder = document.createElement("div");
    const flat = area.dataset.kind === "heading" ? text.replace(/\s+/g, " ") : text.replace(/\r\n?|[\v\f\u2028\u2029]/g, "\n");
    flat.split("\n").forEach(function (line, number) {
      if (number) holder.append(document.createElement("br"));
      holder.append(area.dataset.kind === "heading" ? line.replace(TOKEN, "$1") : parts(line));
    });
    if (holder.children.length) document.execCommand("insertHTML", false, holder.innerHTML);
    else document.execCommand("insertText", false, flat);
    keep(area);
  }

  function paste(event) {
    event.preventDefault();
    const given = event.clipboardData;
    put(event.currentTarget, given.getData(FIGURES) || given.getData("text/plain"));
  }

  function copy(event) {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const holder = document.createElement("div");
    holder.append(selection.getRangeAt(0).cloneContents());
    event.clipboardData.setData(FIGURES, read(holder).split(EDGE).join(""));
    event.clipboardData.setData("text/plain", holder.innerText.split(EDGE).join(""));
    event.preventDefault();
    if (event.type === "cut") document.execCommand("delete");
  }

  // --- the list of figures -----------------------------------------------------------------------------------
  const dialog = document.createElement("dialog");
  dialog.className = "figures-dialog";
  dialog.setAttribute("aria-label", "插入数字");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-quiet";
  close.textContent = "关闭";
  close.addEventListener("click", function () { dialog.close(); });
  dialog.append(list.querySelector(".figures-body"), close);
  list.replaceWith(dialog);
  const search = dialog.querySelector("input");
  search.addEventListener("input", function (event) {
    event.stopPropagation(); // looking for a figure is no change of the text
    find();
  });
  search.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const first = dialog.querySelector("li:not([hidden]) [data-figure]");
    if (first) first.click();
  });

  function find() {
    const wanted = search.value.trim();
    let shown = 0;
    dialog.querySelectorAll("li").forEach(function (item) {
      item.hidden = Boolean(wanted) && !item.textContent.includes(wanted);
      if (!item.hidden) shown += 1;
    });
    dialog.querySelector("[data-none]").hidden = shown > 0;
  }

  function remember(area) {
    const selection = window.getSelection();
    if (selection.rangeCount && area.contains(selection.anchorNode)) place = selection.getRangeAt(0).cloneRange();
  }

  function offer(area) {
    target = area;
    search.value = "";
    find();
    dialog.showModal();
    search.focus();
  }

  dialog.addEventListener("click", function (event) {
    const chosen = event.target.closest("[data-figure]");
    if (!chosen) { if (event.target === dialog) dialog.close(); return; }
    dialog.close();
    target.focus();
    if (place && target.contains(place.startContainer)) select(place);
    else end(target);
    put(target, "〔" + chosen.dataset.value + "·" + chosen.dataset.figure + "〕");
    announce("已插入 " + chosen.dataset.label + " " + chosen.dataset.value);
  });

  function end(area) {
    const range = document.createRange();
    range.selectNodeContents(area);
    range.collapse(false);
    select(range);
  }

  // --- a touched figure says what it is ------------------------------------------------------------------------
  function explain(event) {
    const found = event.target.closest(".figure-chip");
    const note = event.currentTarget.parentNode.querySelector("[data-figure-note]");
    note.hidden = !found;
    if (!found) return;
    // The caret goes behind it: typing, also with an input method, never replaces a figure by accident.
    event.currentTarget.focus();
    pass(found, false);
    const known = facts.get(found.dataset.key);
    note.textContent = known ? known.label + "：" + found.textContent + "　" : "这个数字已没有对应的记录。";
    if (!known || !known.url) return;
    const link = document.createElement("a");
    link.href = known.url;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "看记录";
    note.append(link);
  }

  // --- start -----------------------------------------------------------------------------------------------------
  function take(field) {
    const area = document.createElement("div");
    area.className = "words-area words-" + field.dataset.words;
    area.contentEditable = "true";
    area.id = field.id;
    area.dataset.kind = field.dataset.words;
    area.setAttribute("role", "textbox");
    area.setAttribute("aria-multiline", String(field.dataset.words !== "heading"));
    area.setAttribute("aria-label", field.dataset.label);
    if (field.classList.contains("is-invalid")) area.setAttribute("aria-invalid", "true");
    area.spellcheck = false;
    area.append(field.dataset.words === "heading" ? field.value : parts(field.value));
    field.removeAttribute("id");
    field.setAttribute("aria-label", field.dataset.label);
    field.hidden = true;
    field.before(area);
    area.addEventListener("input", function () { keep(area); });
    area.addEventListener("keydown", key);
    area.addEventListener("paste", paste);
    area.addEventListener("copy", copy);
    area.addEventListener("cut", copy);
    area.addEventListener("drop", function (event) { event.preventDefault(); });
    area.addEventListener("click", explain);
    area.addEventListener("blur", function () { remember(area); });
  }

  document.querySelectorAll("textarea[data-words]").forEach(take);
  document.querySelectorAll("[data-needs-script]").forEach(function (each) { each.hidden = false; });
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-insert]");
    if (button) offer(button.closest("[data-passage]").querySelector(".words-area"));
  });
  const at = document.querySelector("[data-at]"); // where to be again after saving
  document.addEventListener("focusin", function (event) {
    const passage = event.target.closest && event.target.closest("[data-passage]");
    if (passage) at.value = passage.id.slice(2);
  });
  document.addEventListener("change", function (event) {
    if (!event.target.matches("[data-hide]")) return;
    event.target.closest("[data-passage]").classList.toggle("ed-hidden", event.target.checked);
  });
  if (location.hash.startsWith("#p-")) {
    const shown = document.querySelector(location.hash);
    if (shown) shown.scrollIntoView({ block: "center" });
  }
})();
