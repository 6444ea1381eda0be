// Adds up the self-score while somebody scores. The server adds up too; this only saves a look.
class Score extends HTMLElement {
  connectedCallback() {
    this.bands = (this.dataset.bands || "").split("|").filter(Boolean).map((each) => each.split(":"));
    this.addEventListener("change", () => this.count());
  }

  count() {
    const lines = [...this.querySelectorAll("select[data-most]")];
    const asked = lines.filter((each) => each.value !== "na");
    const scored = asked.filter((each) => each.value !== "");
    const sum = (list, of) => list.reduce((total, each) => total + Number(of(each)), 0);
    const points = sum(scored, (each) => each.value);
    const reachable = sum(asked, (each) => each.dataset.most);
    const missing = asked.length - scored.length;
    const share = reachable ? (points * 100) / reachable : 0;
    const band = missing || !reachable ? null : this.bands.find(([least]) => share >= Number(least));
    this.put("total", `Tổng ${points}/${reachable} điểm${band ? `: ${band[1]}` : ""}`);
    this.put("unscored", missing ? `còn ${missing} mục chưa chấm` : "");
    this.put("short", `${points}/${reachable} điểm`);
  }

  put(name, value) {
    for (const place of this.querySelectorAll(`[data-score="${name}"]`)) {
      if (place.textContent !== String(value)) place.textContent = value;
    }
  }
}
customElements.define("cb-score", Score);
