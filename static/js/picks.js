/* Choosing rows of a list: how many are chosen, and all of the page at once. The form works without it. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-picks]");
  if (!form) return;
  const boxes = Array.from(document.querySelectorAll('input[type=checkbox][form="' + form.id + '"]'));
  const count = form.querySelector("[data-picks-count]");
  const all = form.querySelector("[data-picks-all]");
  const hint = count.textContent;

  function show() {
    const chosen = boxes.filter(function (box) { return box.checked; }).length;
    count.textContent = chosen ? "已勾选 " + chosen + " 件" : hint;
    form.classList.toggle("has-picks", chosen > 0);
    all.textContent = chosen === boxes.length ? "全不选" : "全选本页";
  }

  all.hidden = false;
  all.addEventListener("click", function () {
    const on = boxes.some(function (box) { return !box.checked; });
    boxes.forEach(function (box) { box.checked = on; });
    show();
  });
  document.addEventListener("change", function (event) {
    if (boxes.includes(event.target)) show();
  });
  window.addEventListener("pageshow", show);
})();
