/* A document somebody waits for is opened as soon as it is there; its link stays for a second look. */
(function () {
  "use strict";

  let led = false;

  document.addEventListener("htmx:afterSwap", function () {
    const link = document.querySelector("a[data-forward]");
    if (!link || led) return;
    led = true;
    window.location.assign(link.href);
  });
})();
