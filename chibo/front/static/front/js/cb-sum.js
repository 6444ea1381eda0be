// Adds up shares while somebody types. The server adds up too; this only saves a look.
class Sum extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => this.count());
  }

  count() {
    if (!("sums" in this.dataset)) return;
    const read = (typed) => Number(typed.trim().replace(/[. ]/g, "").replace(",", ".")) || 0;
    const boxes = [...this.querySelectorAll("input")];
    const total = Math.round(boxes.reduce((sum, box) => sum + read(box.value), 0) * 1e4) / 1e4;
    const differs = Math.round((total - read(this.dataset.whole)) * 1e4) / 1e4;
    const shown = (number) => number.toLocaleString("vi-VN", { maximumFractionDigits: 4 });
    this.put("total", shown(total));
    this.put("words", differs === 0 ? "Khớp." : `${differs > 0 ? "Thừa" : "Thiếu"} ${shown(Math.abs(differs))}.`);
    const note = this.querySelector(".note");
    note?.classList.toggle("watch", differs !== 0);
    note?.classList.toggle("good", differs === 0);
  }

  put(name, value) {
    const place = this.querySelector(`[data-sum="${name}"]`);
    if (place && place.textContent !== value) place.textContent = value;
  }
}
customElements.define("cb-sum", Sum);
