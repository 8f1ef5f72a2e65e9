/* Filters and sorts the tables of a page. The whole table stands in the page; what is chosen stands in the address. */
(() => {
  "use strict";

  /* Letters without accents and case, so that “Salame” finds “Salamé”. */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");

  const matches = (row, control) => {
    const wanted = control.value.trim();
    if (!wanted) return true;
    const has = row.dataset[control.dataset.key] ?? "";
    switch (control.dataset.test) {
      case "text": return plain(wanted).split(" ").every((word) => row.words.includes(word));
      /* An empty bound is open: the event may lie on any day beyond. */
      case "from": return has === "" || has >= wanted;
      case "to": return has === "" || has <= wanted;
      default: return has.split(" ").includes(wanted);
    }
  };

  const filter = (form, table) => {
    const rows = [...table.tBodies[0].rows];
    const controls = [...form.querySelectorAll("[name]")];
    const count = form.querySelector("[role=status]");
    for (const row of rows) row.words = plain(`${row.textContent} ${row.dataset.names ?? ""}`);

    const show = () => {
      let shown = 0;
      for (const row of rows) {
        row.hidden = !controls.every((control) => matches(row, control));
        shown += !row.hidden;
      }
      count.textContent = `${shown} of ${rows.length} ${form.dataset.unit}`;
    };
    const keep = () => {
      const address = new URL(location.href);
      for (const control of controls) {
        if (control.value) address.searchParams.set(control.name, control.value);
        else address.searchParams.delete(control.name);
      }
      history.replaceState(null, "", address);
    };
    const load = () => {
      const chosen = new URLSearchParams(location.search);
      for (const control of controls) {
        control.value = chosen.get(control.name) ?? "";
        /* A choice that there is not leaves a list of choices without any. */
        if (control.selectedIndex === -1) control.value = "";
      }
      show();
    };
    form.addEventListener("input", () => { show(); keep(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      for (const control of controls) control.value = "";
      show();
      keep();
      controls[0].focus();
    });
    form.hidden = false;
    load();
  };

  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };

  const sort = (table) => {
    const body = table.tBodies[0];
    const order = new Intl.Collator("en", { numeric: true });
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ex-sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const sign = down ? -1 : 1;
        body.append(...[...body.rows].sort((a, b) => sign * order.compare(key(a, column), key(b, column))));
      });
    });
  };

  for (const form of document.querySelectorAll(".ex-filter")) {
    const table = document.getElementById(form.dataset.table);
    filter(form, table);
    sort(table);
  }
})();
