// Marks the part of the sheet that is on screen.
class Steps extends HTMLElement {
  connectedCallback() {
    const links = new Map([...this.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
    const seen = new IntersectionObserver((changes) => {
      const now = changes.find((change) => change.isIntersecting);
      if (!now) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(now.target.id)?.setAttribute("aria-current", "step");
    }, { rootMargin: "-20% 0px -70% 0px" });
    for (const id of links.keys()) {
      const part = document.getElementById(id);
      if (part) seen.observe(part);
    }
  }
}
customElements.define("cb-steps", Steps);
