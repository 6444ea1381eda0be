// Shows the passphrase while its box is ticked. Hidden until this script runs.
class Show extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.getAttribute("for"));
    this.hidden = false;
    this.querySelector("input").addEventListener("change", (event) => {
      field.type = event.target.checked ? "text" : "password";
    });
  }
}
customElements.define("cb-show", Show);
