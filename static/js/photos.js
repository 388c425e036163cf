/* Uploading photos one by one with progress and retries. Without this file the form sends them all at once. */
(function () {
  "use strict";

  const box = document.getElementById("uploads");
  const field = document.querySelector("input[type=file][name=photos]");
  if (!box || !field || !window.FormData || !window.XMLHttpRequest) return;

  const AT_ONCE = 2;
  const TRIES = 3;
  const PAUSE = 1500;
  const list = document.getElementById("upload-list");
  const total = document.getElementById("uploads-total");
  const again = document.getElementById("uploads-again");
  const gallery = document.getElementById("photo-list");
  const form = field.form;
  const queue = [];
  const all = [];
  let running = 0;

  function token() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/);
    const input = form.querySelector("input[name=csrfmiddlewaretoken]");
    return cookie ? cookie[1] : input ? input.value : "";
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function add(file) {
    const item = { file: file, state: "waiting", tries: 0, row: element("li", "upload") };
    item.name = element("span", "upload-name", file.name);
    item.bar = element("progress", "job-bar");
    item.bar.max = 100;
    item.bar.value = 0;
    item.bar.setAttribute("aria-label", file.name);
    item.word = element("span", "upload-word", "等待上传");
    item.retry = element("button", "btn btn-secondary", "重试");
    item.retry.type = "button";
    item.retry.hidden = true;
    item.retry.addEventListener("click", function () { restart(item); });
    item.row.append(item.name, item.bar, item.word, item.retry);
    list.append(item.row);
    all.push(item);
    queue.push(item);
  }

  function set(item, state, words) {
    item.state = state;
    item.word.textContent = words;
    item.row.dataset.state = state;
    item.retry.hidden = state !== "failed";
    summary();
  }

  function count(state) {
    return all.filter(function (item) { return item.state === state; }).length;
  }

  function summary() {
    const done = count("done"), failed = count("failed"), refused = count("refused");
    let words = "共 " + all.length + " 张，已完成 " + done + " 张";
    if (failed) words += "，" + failed + " 张没有传成功";
    if (refused) words += "，" + refused + " 张不能保存";
    total.textContent = words + "。";
    again.hidden = !failed || running > 0;
  }

  function next() {
    while (running < AT_ONCE && queue.length) send(queue.shift());
    summary();
  }

  function restart(item) {
    item.tries = 0;
    set(item, "waiting", "等待上传");
    queue.push(item);
    next();
  }

  function send(item) {
    running += 1;
    item.tries += 1;
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("photo", item.file, item.file.name);
    request.open("POST", box.dataset.uploadUrl);
    request.setRequestHeader("X-CSRFToken", token());
    request.timeout = 120000;
    request.upload.addEventListener("progress", function (event) {
      if (!event.lengthComputable) return;
      item.bar.value = Math.round(event.loaded * 100 / event.total);
      item.word.textContent = item.bar.value + "%";
    });
    request.upload.addEventListener("load", function () {
      item.bar.removeAttribute("value");
      item.word.textContent = "已传完，正在处理";
    });
    request.addEventListener("load", function () { answered(item, request); });
    ["error", "timeout", "abort"].forEach(function (name) {
      request.addEventListener(name, function () { lost(item, "网络中断"); });
    });
    set(item, "sending", "正在上传");
    request.send(data);
  }

  function ended(item) {
    running -= 1;
    item.bar.max = 100;
    item.bar.value = item.state === "done" ? 100 : 0;
    next();
  }

  function answered(item, request) {
    const elsewhere = request.responseURL && new URL(request.responseURL).pathname !== box.dataset.uploadUrl;
    if (request.status === 401 || elsewhere) set(item, "failed", "登录已经失效，请重新登录后再试");
    else if (request.status === 200) kept(item, request.responseText);
    else if (request.status === 422) set(item, "refused", request.responseText);
    else if (request.status === 413) set(item, "refused", "文件太大，请压缩后再上传");
    else if (request.status === 403) set(item, "refused", "没有权限，请刷新页面后再试");
    else { lost(item, "服务器没有保存成功"); return; }
    ended(item);
  }

  // The same bytes are kept only once, so sending them again after a lost answer does no harm.
  function lost(item, words) {
    if (item.tries < TRIES) {
      set(item, "waiting", words + "，稍后自动重试");
      setTimeout(function () { queue.push(item); next(); }, PAUSE * item.tries);
    } else {
      set(item, "failed", words + "，请重试");
    }
    ended(item);
  }

  function kept(item, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const known = document.getElementById(holder.content.querySelector("li").id);
    set(item, "done", known ? "已经有这张照片，没有重复保存" : "已保存");
    if (known) return;
    gallery.append(holder.content);
    document.getElementById("photo-form").hidden = false;
  }

  function start() {
    if (!field.files.length) return;
    Array.from(field.files).forEach(add);
    field.value = "";
    box.hidden = false;
    next();
  }

  // Leaving while photos are on their way would lose them.
  window.addEventListener("beforeunload", function (event) {
    if (running || queue.length) event.preventDefault();
  });

  again.addEventListener("click", function () {
    all.filter(function (item) { return item.state === "failed"; }).forEach(restart);
  });
  field.addEventListener("change", start);
  // Choosing has started the upload already; the button then has nothing left to send.
  form.addEventListener("submit", function (event) {
    if (!field.files.length && !all.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    start();
  }, true);
})();
