/* The wall at the door: shows the code of the moment from a stock of the next ten minutes, so that a break of the
   network does not stop the queue. */
(function () {
  "use strict";

  const wall = document.querySelector("[data-wall]");
  if (!wall) return;
  const one = (name) => wall.querySelector("[data-" + name + "]");
  const EVERY = 5000; // milliseconds between two looks at who is in
  const svg = one("svg"), path = one("path"), digits = one("digits"), clock = one("clock"), offline = one("offline");
  const closes = Number(wall.dataset.closes);
  let codes = [], skew = 0, shown = 0, away = false;

  function say(text) { if (offline.textContent !== text) offline.textContent = text; }

  async function feed() {
    const known = codes.length ? codes[codes.length - 1].until : 0;
    try {
      const answer = await fetch(wall.dataset.feed + "?known=" + known, { headers: { Accept: "application/json" } });
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("signed out");
      const data = await answer.json();
      skew = data.now - Date.now();
      codes = codes.concat(data.codes);
      one("came").textContent = data.came;
      one("due").textContent = data.due;
      one("leave").textContent = data.leave ? "请假 " + data.leave + " 人" : "";
      away = false;
      document.dispatchEvent(new Event("session:alive"));
    } catch (error) { away = true; }
    tick();
    if (Date.now() + skew < closes) setTimeout(feed, EVERY);
  }

  function draw(code) {
    svg.setAttribute("viewBox", "0 0 " + code.size + " " + code.size);
    path.setAttribute("d", code.path);
    digits.textContent = code.digits;
    shown = code.from;
  }

  function until() {
    const last = new Date(codes[codes.length - 1].until - skew);
    return String(last.getHours()).padStart(2, "0") + ":" + String(last.getMinutes()).padStart(2, "0");
  }

  function tick() {
    const now = Date.now() + skew;
    if (!codes.length) return;
    codes = codes.filter(function (code, index) { return code.until > now || index === codes.length - 1; });
    const code = codes[0];
    if (code.until <= now || now > closes) {
      path.setAttribute("d", "");
      digits.textContent = "––– –––";
      say(now > closes ? "签到已经结束。" : "网络中断，签到码已过期。请检查网络或用纸质签到表。");
      return;
    }
    if (code.from !== shown) draw(code);
    clock.value = (now - code.from) / 1000;
    say(away ? "网络中断，签到码可用到 " + until() + "，委员签到会自动补传。" : "");
  }

  const full = one("full");
  if (document.documentElement.requestFullscreen) {
    full.hidden = false;
    full.addEventListener("click", function () {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    });
  }

  feed();
  setInterval(tick, 500);
})();
