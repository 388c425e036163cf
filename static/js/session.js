/* Warns before an idle session ends and lets it go on. The server decides; this only counts along. */
(function () {
  "use strict";

  const dialog = document.getElementById("idle-warning");
  if (!dialog || !dialog.showModal) return;
  const idle = Number(dialog.dataset.idle) * 1000;
  const ahead = Math.min(Number(dialog.dataset.ahead) * 1000, idle / 2);
  let timer = 0;

  function restart() {
    clearTimeout(timer);
    timer = setTimeout(function () { dialog.showModal(); }, idle - ahead);
  }

  function goOn() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/);
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    const token = cookie ? cookie[1] : field ? field.value : "";
    return fetch(dialog.dataset.url, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "error" });
  }

  dialog.querySelector("[data-go-on]").addEventListener("click", function () {
    goOn().then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      dialog.close();
      restart();
    }).catch(function () { dialog.querySelector("[data-too-late]").hidden = false; });
  });

  // Whatever reaches the server counts as being here, just as it does there.
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful && !dialog.open) restart();
  });

  // Pages that talk to the server by themselves say so.
  document.addEventListener("session:alive", function () { if (!dialog.open) restart(); });

  restart();
})();
