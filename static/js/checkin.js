/* Check-in that outlives a break of the network: what is pressed is kept on the device under a number of its own and
   sent until the server has answered. The server records each number once. */
(function () {
  "use strict";

  const root = document.querySelector("[data-checkin]");
  if (!root) return;
  const one = (selector, inside) => (inside || root).querySelector(selector);
  const all = (selector, inside) => Array.from((inside || root).querySelectorAll(selector));
  const PREFIX = "checkin:" + root.dataset.owner + ":";
  const FIRST_WAIT = 2000, LONGEST_WAIT = 60000, PATIENCE = 10000; // milliseconds
  const skew = Number(root.dataset.now) - Date.now(); // the server's clock against this one
  const memory = new Map(); // where the browser refuses to store anything
  const news = one("[data-news]");
  const desk = root.hasAttribute("data-desk");
  let busy = false, wait = FIRST_WAIT, timer = 0, signedOut = false;

  // --- the queue -----------------------------------------------------------------------------------
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  function keep(item) {
    try { localStorage.setItem(PREFIX + item.fields.key, JSON.stringify(item)); }
    catch (error) { memory.set(item.fields.key, item); }
  }

  function drop(item) {
    memory.delete(item.fields.key);
    try { localStorage.removeItem(PREFIX + item.fields.key); } catch (error) { /* nothing was stored */ }
  }

  function waiting() {
    const found = Array.from(memory.values());
    try {
      Object.keys(localStorage).filter(function (name) { return name.startsWith(PREFIX); })
        .forEach(function (name) { found.push(JSON.parse(localStorage.getItem(name))); });
    } catch (error) { /* storage is closed: only what this page remembers */ }
    return found.sort(function (a, b) { return a.fields.happened - b.fields.happened; });
  }

  function csrfToken() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/);
    const field = one("input[name=csrfmiddlewaretoken]");
    return cookie ? cookie[1] : field ? field.value : "";
  }

  async function send(item) {
    const stop = new AbortController();
    const limit = setTimeout(function () { stop.abort(); }, PATIENCE);
    try {
      const answer = await fetch(item.url, {
        method: "POST", body: new URLSearchParams(item.fields), credentials: "same-origin", signal: stop.signal,
        headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      });
      const json = (answer.headers.get("Content-Type") || "").includes("application/json");
      if (!json || answer.status >= 500) return { later: true, signedOut: answer.redirected || answer.status === 403 };
      document.dispatchEvent(new Event("session:alive"));
      return { refused: !answer.ok, data: await answer.json() };
    } finally { clearTimeout(limit); }
  }

  async function flush() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    let left = false;
    for (const item of waiting()) {
      let result;
      try { result = await send(item); } catch (error) { left = true; break; }
      signedOut = Boolean(result.signedOut);
      if (result.later) { left = true; continue; }
      drop(item);
      wait = FIRST_WAIT;
      tell(item, result);
    }
    busy = false;
    if (left) {
      timer = setTimeout(flush, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    } else if (waiting().length) { flush(); return; }
    standing();
  }

  function record(url, fields) {
    const item = { url: url, fields: Object.assign({ key: newKey(), happened: Date.now() + skew }, fields) };
    keep(item);
    recorded(item);
    wait = FIRST_WAIT;
    flush();
  }

  // --- what the page says --------------------------------------------------------------------------------
  function clock(moment) {
    const at = new Date(moment);
    return String(at.getHours()).padStart(2, "0") + ":" + String(at.getMinutes()).padStart(2, "0");
  }

  function say(text, tone) {
    if (!news) return;
    news.textContent = text;
    news.className = "door-news" + (text ? " door-news-" + tone : "");
  }

  function standing() {
    const count = waiting().length;
    if (!count) { if (news && news.classList.contains("door-news-waiting")) say("", ""); return; }
    if (signedOut) {
      say("登录已经失效，" + count + " 条签到还没有上传。", "waiting");
      const link = document.createElement("a");
      link.href = root.dataset.signin;
      link.textContent = "重新登录后自动上传";
      news.append(link);
      return;
    }
    say("已记录，等待网络…（" + count + " 条待上传，网络恢复后自动上传，请先不要退出登录）", "waiting");
    const note = door && one(".door-later", door);
    if (note) note.textContent = "等待网络，恢复后自动上传";
  }

  function recorded(item) {
    if (desk) markLine(item, "已记录 " + clock(item.fields.happened), true);
    else showDoor("已记录 " + clock(item.fields.happened), "正在上传…", false);
  }

  function tell(item, result) {
    if (desk) {
      markLine(item, result.data.text, !result.refused);
      say(result.data.text, result.refused ? "refused" : "done");
    } else if (result.refused) {
      restoreDoor();
      say(result.data.text, "refused");
    } else {
      say("", "");
      const leaving = item.fields.direction === "out";
      showDoor(result.data.text, leaving ? "已上传" : "已上传。需要签退的，离开时再打开本页。", true);
    }
  }

  // --- the member's page ---------------------------------------------------------------------------------
  const door = one("[data-door]");
  const before = door ? Array.from(door.childNodes) : [];

  function paragraph(name, text) {
    const line = document.createElement("p");
    line.className = name;
    line.textContent = text;
    return line;
  }

  function showDoor(text, note, sent) {
    if (!door) return;
    door.replaceChildren(paragraph("door-mark" + (sent ? "" : " door-mark-waiting"), text), paragraph("door-later", note));
    all("details").forEach(function (box) { box.open = false; });
    all("details [data-queue]").forEach(function (form) { form.closest("details").hidden = true; });
  }

  function restoreDoor() {
    if (door) door.replaceChildren.apply(door, before);
    all("details").forEach(function (box) { box.hidden = false; });
  }

  root.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.matches("[data-queue]")) return;
    event.preventDefault();
    event.stopPropagation();
    const fields = Object.fromEntries(new FormData(form));
    delete fields.csrfmiddlewaretoken;
    if ("code" in fields) fields.key = newKey(); // another code after a wrong one is another act
    record(new URL(form.action).pathname, fields);
  });

  // --- the desk -----------------------------------------------------------------------------------------------
  function markLine(item, text, done) {
    const taken = item.fields.undo || item.fields.back;
    const line = one('[data-line="' + (item.fields.attendance || taken) + '"]');
    if (!line) return;
    const was = line.classList.contains("is-done"), is = taken ? !done : done;
    const button = one(".desk-button", line), undo = one(".desk-undo", line), came = one("[data-came]");
    line.classList.toggle("is-done", is);
    one("[data-note]", line).textContent = text;
    button.disabled = is;
    button.classList.toggle("btn-primary", !is);
    button.classList.toggle("btn-quiet", is);
    button.textContent = is ? button.dataset.done : button.dataset.todo;
    if (undo) undo.hidden = !is;
    if (was !== is && button.dataset.counts) came.textContent = String(Number(came.textContent) + (is ? 1 : -1));
  }

  function nameOf(line) { return one(".desk-name", line).firstChild.data.trim(); }

  function press(button, more) {
    const form = button.closest("form"), fields = { direction: form.elements.direction.value };
    fields[button.name] = button.value;
    if (form.elements.scanned) fields.scanned = "1";
    record(location.pathname, Object.assign(fields, more));
    if (navigator.vibrate) navigator.vibrate(60);
  }

  const filter = one("[data-filter]");

  function plain(text) { return text.normalize("NFKC").replace(/\s/g, "").toLowerCase(); }

  function shownLines() {
    return all("[data-line]").filter(function (line) { return !line.hidden; });
  }

  function narrow() {
    const wanted = plain(filter.value);
    all("[data-line]").forEach(function (line) { line.hidden = !plain(line.dataset.search).includes(wanted); });
  }

  if (desk && filter) {
    all("[data-plain]").forEach(function (button) { button.hidden = true; });
    filter.addEventListener("input", narrow);
    filter.form.addEventListener("submit", function (event) {
      event.preventDefault();
      const found = shownLines(), button = found.length === 1 ? one(".desk-button", found[0]) : null;
      if (button && !button.disabled) { press(button); filter.value = ""; narrow(); }
      else if (button) say(nameOf(found[0]) + "已经登记过了。", "done");
      else say(found.length ? "有 " + found.length + " 人符合，请在下面选择。" : "名单里没有找到。", "refused");
    });
    root.addEventListener("click", function (event) {
      const button = event.target.closest("[data-desk-form] button");
      if (!button) return;
      event.preventDefault();
      press(button);
      if (filter.value) { filter.value = ""; narrow(); filter.focus(); }
    });
  }

  // --- the camera ---------------------------------------------------------------------------------------------
  const video = one("[data-video]"), cameras = all("[data-camera]");
  let stream = null, pressed = null, last = "", lastAt = 0;

  function seen(text) {
    if (text === last && Date.now() - lastAt < 4000) return;
    last = text;
    lastAt = Date.now();
    let address = null;
    try { address = new URL(text); } catch (error) { /* not an address at all */ }
    if (address && desk) seenMember(address);
    else if (address) seenWall(address);
    else say("这不是签到码。", "refused");
  }

  function seenMember(address) {
    const line = one('[data-code="' + CSS.escape(address.searchParams.get("code") || "") + '"]');
    const button = line && one(".desk-button", line);
    if (address.pathname !== location.pathname) say("这不是本次活动的委员签到码。", "refused");
    else if (!line) say("名单里没有找到这位委员。", "refused");
    else if (button.disabled) say(nameOf(line) + "已经登记过了。", "done");
    else press(button, { scanned: "1" });
  }

  // Works without a network: the code itself proves when it was on the wall.
  function seenWall(address) {
    if (!address.pathname.startsWith(root.dataset.wall)) { say("这不是本次活动的签到码。", "refused"); return; }
    toggleCamera();
    const fields = { direction: pressed.form.elements.direction.value };
    fields.token = address.pathname.slice(root.dataset.wall.length);
    record(new URL(pressed.form.action).pathname, fields);
  }

  async function look(detector) {
    if (!stream) return;
    try { (await detector.detect(video)).slice(0, 1).forEach(function (code) { seen(code.rawValue); }); }
    catch (error) { /* no picture yet */ }
    setTimeout(function () { look(detector); }, 250);
  }

  async function toggleCamera() {
    if (stream) {
      stream.getTracks().forEach(function (track) { track.stop(); });
      stream = null;
      video.hidden = true;
      return;
    }
    try { stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }); }
    catch (error) { say("打不开摄像头，请用手机相机扫码，或输入委员的 6 位数字。", "refused"); return; }
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    look(new window.BarcodeDetector({ formats: ["qr_code"] }));
  }

  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    cameras.forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { pressed = button; toggleCamera(); });
    });
  }

  // --- leaving, coming back ------------------------------------------------------------------------------------
  let warned = false;
  document.addEventListener("submit", function (event) {
    if (warned || !waiting().length || !/sign-out/.test(event.target.action)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    warned = true;
    say("还有签到没有上传，现在退出会丢失。确实要退出的，请再按一次。", "refused");
  }, true);

  window.addEventListener("online", function () { wait = FIRST_WAIT; flush(); });
  document.addEventListener("visibilitychange", function () { if (!document.hidden && waiting().length) flush(); });
  if (waiting().length) { waiting().forEach(recorded); flush(); }
})();
