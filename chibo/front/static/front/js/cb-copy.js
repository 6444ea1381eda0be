// A button that copies a text. Hidden until this script runs and the clipboard works.
class Copy extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    const text = document.getElementById(this.getAttribute("for"));
    const state = this.querySelector("[role=status]");
    this.hidden = false;
    this.querySelector("button").addEventListener("click", async () => {
      const done = await navigator.clipboard.writeText(text.value).then(() => true, () => false);
      if (!done) text.select();
      state.textContent = done ? "Đã chép." : "Chưa chép được. Nội dung đã được chọn sẵn, giữ tay vào để chép.";
    });
  }
}
customElements.define("cb-copy", Copy);
