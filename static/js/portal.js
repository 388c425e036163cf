/* Comfort on top of pages that work without it: autosave, counters, keys, rows, guards. */
(function () {
  "use strict";

  const one = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const dirty = new Set();
  let composing = false;

  function announce(text) {
    const region = one("#announcer");
    if (region) region.textContent = text;
  }

  // Signing in again in another window changes the token; the cookie is always the current one.
  function csrfToken() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/);
    const field = one("input[name=csrfmiddlewaretoken]");
    return cookie ? cookie[1] : field ? field.value : "";
  }

  // --- htmx ------------------------------------------------------------------------------------
  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRFToken"] = csrfToken();
  });

  // An input method is still composing: what is in the field is not text yet.
  document.addEventListener("compositionstart", function () { composing = true; });
  document.addEventListener("compositionend", function () { composing = false; });
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (composing && event.target.matches("form[data-autosave]")) event.preventDefault();
  });

  function signedOut(xhr) {
    if (xhr.status === 401) return true;
    return Boolean(xhr.responseURL) && /\/sign-?in|\/login/.test(new URL(xhr.responseURL).pathname);
  }

  function autosaveFailed(node) {
    const line = one("#autosave-status");
    if (!line) return;
    line.className = "autosave autosave-failed";
    line.textContent = "";
    line.append(node);
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    if (!signedOut(event.detail.xhr)) return;
    event.detail.shouldSwap = false;
    const hint = one("#signed-out-hint");
    if (event.target.closest("form") && hint) autosaveFailed(hint.content.cloneNode(true));
    else announce("登录已经失效，请重新登录。");
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    const form = event.target;
    if (!form.matches || !form.matches("form[data-autosave]")) return;
    if (event.detail.successful && !signedOut(event.detail.xhr)) dirty.delete(form);
    else if (!signedOut(event.detail.xhr) && !form.dataset.heldBack) {
      autosaveFailed(document.createTextNode("没有保存成功，稍后会再试。"));
    }
  });

  // What was just put into the page may ask for the focus, so that a keyboard user is not thrown to the top.
  document.addEventListener("htmx:afterSwap", function (event) {
    const target = one("[data-focus]", event.target);
    if (target) target.focus();
    prepare(event.target);
  });

  // --- unsaved work ------------------------------------------------------------------------------
  document.addEventListener("input", function (event) {
    const form = event.target.closest("form[data-guard]");
    if (form) dirty.add(form);
    if (event.target.matches("textarea[data-count]")) count(event.target);
  });

  document.addEventListener("focusout", function (event) {
    const form = event.target.closest && event.target.closest("form[data-autosave]");
    if (form && dirty.has(form) && window.htmx) window.htmx.trigger(form, "autosave");
  });

  window.addEventListener("beforeunload", function (event) {
    if (dirty.size) event.preventDefault();
  });

  // --- sending -------------------------------------------------------------------------------------
  // Buttons stay enabled until the browser has read them, so that the pressed one is part of the data.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent || heldBack(form)) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const field = one("input[name=csrfmiddlewaretoken]", form);
    const token = csrfToken();
    if (field && token) field.value = token;
    dirty.delete(form);
    setTimeout(function () { buttons(form, true); }, 0);
    setTimeout(function () { release(form); }, 8000);
  });

  // Without a connection a press would lead to the browser's error page, away from the text. Held back once: a second
  // press goes through, for a device that is wrong about being offline.
  function heldBack(form) {
    if (navigator.onLine || form.dataset.heldBack || !one("#autosave-status", form)) return false;
    form.dataset.heldBack = "1";
    const words = "网络断了，没有发出去。写的内容还在这一页，请不要关闭，连上网再按一次。";
    autosaveFailed(document.createTextNode(words));
    return true;
  }

  window.addEventListener("online", function () {
    all("form[data-held-back]").forEach(function (form) { delete form.dataset.heldBack; });
    dirty.forEach(function (form) {
      if (form.matches("form[data-autosave]") && window.htmx) window.htmx.trigger(form, "autosave");
    });
  });

  function buttons(form, busy) {
    all("button[type=submit]", form).forEach(function (button) {
      if (busy) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    });
  }

  function release(form) {
    delete form.dataset.sent;
    buttons(form, false);
  }

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) all("form[data-sent]").forEach(release);
  });

  // --- keys --------------------------------------------------------------------------------------------
  function typing(target) {
    return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
  }

  function closeMenus(except) {
    all("details.menu[open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }

  function escape() {
    const open = one("details.menu[open]");
    if (!open) return;
    open.open = false;
    one("summary", open).focus();
  }

  function focusSearch(event) {
    const search = one("[data-search], .filter-bar input[type=search], .filter-bar input[type=text]");
    if (!search || !search.offsetParent) return;
    event.preventDefault();
    search.focus();
    search.select();
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") escape();
    else if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey) focusSearch(event);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form[method=post]");
      if (form && event.target.matches("textarea, input")) form.requestSubmit();
    }
  });

  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.menu"));
    const show = event.target.closest("[data-show-password]");
    if (show) showPassword(show);
    const add = event.target.closest("[data-formset-add]");
    if (add) {
      event.preventDefault();
      addRow(add.closest("[data-formset]"));
    }
  });

  function showPassword(button) {
    const field = document.getElementById(button.dataset.showPassword);
    const hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.setAttribute("aria-pressed", String(hidden));
    button.firstChild.data = hidden ? "隐藏" : "显示";
  }

  // --- counters -------------------------------------------------------------------------------------------
  function count(field) {
    const line = document.getElementById(field.id + "_count");
    if (!line) return;
    const typed = field.value.replace(/\s/g, "").length;
    const wanted = Number(field.dataset.count);
    line.textContent = "已输入 " + typed + " 字" + (wanted ? " / 建议 " + wanted + " 字" : "");
    line.classList.toggle("counter-over", Boolean(wanted) && typed > wanted);
  }

  function addCounter(field) {
    if (!field.id || document.getElementById(field.id + "_count")) return;
    const line = document.createElement("p");
    line.id = field.id + "_count";
    line.className = "counter num";
    field.insertAdjacentElement("afterend", line);
    count(field);
  }

  // --- rows of a formset -------------------------------------------------------------------------------------
  function addRow(box) {
    const total = one("input[name$=-TOTAL_FORMS]", box);
    const index = total.value;
    const holder = document.createElement("template");
    holder.innerHTML = one("template", box).innerHTML.split("__prefix__").join(index);
    const row = holder.content.firstElementChild;
    const number = one("[data-formset-number]", row);
    if (number) number.textContent = String(Number(index) + 1);
    one("[data-formset-rows]", box).append(row);
    total.value = String(Number(index) + 1);
    prepare(row);
    const first = one("input:not([type=hidden]), textarea, select", row);
    if (first) first.focus();
    announce("已添加第 " + total.value + " 行");
  }

  // --- buttons that need a script are only there when it works -----------------------------------
  all("[data-show-password]").forEach(function (button) { button.hidden = false; });
  all("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // --- start --------------------------------------------------------------------------------------------------
  function prepare(root) {
    all("textarea[data-count]", root).forEach(addCounter);
  }

  prepare(document);
  const summary = one("#error-summary");
  if (summary) summary.focus();
})();
