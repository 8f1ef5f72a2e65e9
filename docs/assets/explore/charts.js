/* Redraws the charts of a page so that they answer: tooltips, choices, keyboard. Without it the drawings in the page stay. */
(() => {
  "use strict";
  const NARROW = 640;

  const specification = (chart, size) => {
    const packed = JSON.parse(chart.querySelector(".ex-spec").textContent);
    const spec = packed[size];
    for (const data of spec.data) {
      if (data.name in packed.shared) data.values = packed.shared[data.name];
      /* Addresses in the data are from the root of the site. */
      for (const row of data.values) if (row.url !== undefined) row.url = chart.dataset.root + row.url;
    }
    return spec;
  };

  /* Vega follows a click on a mark; the Enter key is ours, and so is the order of the Tab key. */
  const reachable = (live) => {
    for (const mark of live.querySelectorAll("g.role-mark [aria-label]")) {
      const item = mark.__data__;
      if (!item || !item.href) continue;
      mark.setAttribute("tabindex", "0");
      mark.setAttribute("role", "link");
      mark.addEventListener("keydown", (event) => {
        if (event.key === "Enter") location.href = item.href;
      });
    }
  };

  const draw = async (chart, size) => {
    chart.dataset.size = size;
    chart.querySelector(".ex-live")?.remove();
    const live = document.createElement("div");
    const choices = document.createElement("div");
    live.className = "ex-live";
    choices.className = "ex-choices";
    const canvas = document.createElement("div");
    canvas.setAttribute("role", "group");
    canvas.setAttribute("aria-label", chart.querySelector("[role=group]").getAttribute("aria-label"));
    live.append(choices, canvas);
    chart.append(live);
    await window.vegaEmbed(canvas, specification(chart, size), {
      mode: "vega", renderer: "svg", actions: false, bind: choices, /* A telephone points at nothing: a touch follows the mark. */
      tooltip: size === "narrow" ? false : { theme: "record" },
    });
    reachable(canvas);
    chart.classList.add("ex-on");
  };

  const fitting = (chart) => (chart.clientWidth < NARROW ? "narrow" : "wide");
  const charts = [...document.querySelectorAll(".ex-chart")];
  for (const chart of charts) draw(chart, fitting(chart));
  addEventListener("resize", () => {
    for (const chart of charts) if (fitting(chart) !== chart.dataset.size) draw(chart, fitting(chart));
  });
})();
