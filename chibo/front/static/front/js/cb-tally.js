// Counts the roll call again as radios change. The server counts too; this only saves a look.
class Tally extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => this.count());
    this.count();
  }

  count() {
    const rows = [...this.querySelectorAll(".roll > li")];
    const states = rows.map((row) => this.state(row));
    const of = (state) => states.filter((each) => each === state).length;
    this.put("expected", rows.length);
    this.put("present", of("present") + of("late"));
    this.put("late", of("late"));
    this.put("absent", of("excused") + of("unexcused"));
    this.put("unexcused", of("unexcused"));
  }

  state(row) {
    const chosen = row.querySelector("input[type=radio]:checked")?.value ?? "present";
    if (chosen !== "absent") return chosen;
    return row.querySelector(".reason input").value.trim() ? "excused" : "unexcused";
  }

  put(name, value) {
    for (const place of this.querySelectorAll(`[data-count="${name}"]`)) {
      if (place.textContent !== String(value)) place.textContent = value;
    }
  }
}
customElements.define("cb-tally", Tally);
