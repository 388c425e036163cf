/* The field for the content is called what the chosen form of consultation calls it: 协商内容, 评议对象, 调研重点. */
(function () {
  "use strict";

  const select = document.querySelector("select[data-content-labels]");
  const label = document.querySelector("label[for=id_content]");
  if (!select || !label) return;
  const names = JSON.parse(select.dataset.contentLabels);

  function rename() {
    label.firstChild.data = names[select.value] || "内容";
  }

  select.addEventListener("change", rename);
  rename();
})();
