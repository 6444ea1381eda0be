// Asks the server while somebody types and shows what it found below the form. Without this script the button does it.
const PAUSE = 250;

class Seek extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    this.place = this.querySelector("[data-found]");
    form.addEventListener("input", () => {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.ask(form), PAUSE);
    });
  }

  async ask(form) {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    const address = `${form.getAttribute("action") ?? location.pathname}?${asked}`;
    this.newest?.abort();
    this.newest = new AbortController();
    const headers = { "X-Chibo-Part": "1" };
    const answer = await fetch(address, { headers, signal: this.newest.signal }).catch(() => null);
    if (answer?.status === 401) form.requestSubmit();
    if (!answer?.ok) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.place.replaceChildren(...found.body.childNodes);
    history.replaceState(null, "", address);
  }
}
customElements.define("cb-seek", Seek);
