// A button that prints the page. Hidden until this script runs.
class Print extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => window.print());
  }
}
customElements.define("cb-print", Print);
