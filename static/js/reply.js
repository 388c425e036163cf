/* The points of a reply: only the fields their kind asks for. Without this script all fields are there. */
(function () {
  "use strict";

  const NEEDS = { promised_on: "promised", reason: "not_adopted" };

  function arrange(row) {
    const kind = row.querySelector("select[name$='-kind']");
    if (!kind) return;
    Object.keys(NEEDS).forEach(function (name) {
      const field = row.querySelector("[name$='-" + name + "']");
      const column = field && field.closest("[class*='col-']");
      if (column) column.hidden = kind.value !== NEEDS[name] && !field.value;
    });
  }

  function all() {
    document.querySelectorAll(".formset-row").forEach(arrange);
  }

  document.addEventListener("change", function (event) {
    const row = event.target.closest(".formset-row");
    if (row) arrange(row);
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-formset-add]")) window.setTimeout(all, 0);
  });
  all();
})();
