// Saves the sheet field by field. Without this script the form posts whole parts to the same address.
const PATIENCE = 400; // ms after the last key
const AGAIN = 15000; // ms between tries while the server cannot be reached

class Save extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.state = document.getElementById("trang-thai");
    if (!this.form || !this.state) return;
    this.shelf = `chibo:${this.dataset.account}:${this.form.action}`;
    this.waiting = new Map(); // field name → value not yet accepted
    this.torn = new Set(); // fields with two versions on the page: nothing is sent until one is chosen
    this.timers = new Map();
    this.running = Promise.resolve();
    this.form.addEventListener("input", (event) => this.changed(event.target, PATIENCE));
    this.form.addEventListener("change", (event) => this.changed(event.target, 0));
    addEventListener("online", () => this.flush());
    setInterval(() => this.flush(), AGAIN);
    addEventListener("beforeunload", (event) => {
      if (this.waiting.size && !this.leaving) event.preventDefault();
    });
    // a whole-form post carries everything; saves under way come first, so that it is not stale by our own hand
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.classList.add("ready");
    this.restore();
  }

  async submit(event) {
    this.leaving = true;
    for (const name of [...this.torn]) this.forget(name); // the form carries it, the answer shows both again
    if (!this.timers.size && !this.busy) return;
    event.preventDefault();
    const button = event.submitter;
    for (const [name, timer] of this.timers) {
      clearTimeout(timer);
      this.timers.delete(name);
      this.queue(name);
    }
    await this.running;
    this.form.requestSubmit(button);
  }

  changed(field, pause) {
    if (!field.name || field.name.startsWith("v:") || field.type === "hidden") return;
    clearTimeout(this.timers.get(field.name));
    this.keep(field.name, this.valueOf(field.name));
    if (pause && field.matches(".date, .time")) return; // half a day is no day: read when the box is left
    this.timers.set(field.name, setTimeout(() => {
      this.timers.delete(field.name);
      this.queue(field.name);
    }, pause));
  }

  fields(name) {
    return [...this.form.elements].filter((each) => each.name === name);
  }

  valueOf(name) {
    const fields = this.fields(name);
    return fields[0]?.type === "radio" ? fields.find((each) => each.checked)?.value ?? "" : fields[0]?.value ?? "";
  }

  queue(name) {
    this.running = this.running.then(() => this.send(name));
  }

  async send(name) {
    if (!this.waiting.has(name) || this.torn.has(name)) return;
    const value = this.waiting.get(name);
    const [field] = this.fields(name);
    if (!field) return;
    this.busy = true;
    this.say("Đang ghi…");
    const body = new URLSearchParams({ [name]: value, [`v:${name}`]: field.dataset.version ?? "0" });
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(this.form.action, {
      method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token, "X-Chibo-Part": "field" },
    }).catch(() => null);
    this.busy = false;
    await this.heard(name, value, answer);
  }

  async heard(name, value, answer) {
    if (!answer || answer.status >= 500) {
      this.say("Chưa ghi được, nội dung vẫn giữ trên máy này, sẽ tự thử lại.");
      return;
    }
    if (answer.status === 401 || answer.type === "opaqueredirect") {
      this.signInAgain();
      return;
    }
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) this.saved(name, value, body);
    else if (answer.status === 409) this.stale(name, body);
    else if (body.code === "csrf") this.say(body.sentence); // still waiting on this device: a fresh page sends it
    else this.refused(name, body.sentence ?? "Chưa ghi được. Tải lại trang rồi thử lại.");
  }

  saved(name, value, body) {
    this.version(name, body.version);
    this.complain(name, "");
    if (this.waiting.get(name) === value) {
      this.forget(name);
      if (body.understood?.[name]) this.put(name, body.understood[name]); // «15/12» shows the day it was taken for
    }
    for (const [id, words] of Object.entries(body.found ?? {})) this.find(id, words);
    this.say(`Đã ghi lúc ${body.at}.`);
  }

  find(id, words) { // a check the server found broken, or mended again
    const place = document.getElementById(id);
    if (!place) return;
    document.getElementById(`${id}-noi`).textContent = words;
    place.hidden = !words;
  }

  version(name, version) {
    for (const field of this.fields(name)) field.dataset.version = version;
    for (const field of this.fields(`v:${name}`)) field.value = version;
  }

  refused(name, sentence) {
    this.complain(name, sentence);
    this.forget(name);
    this.say("Còn ô cần sửa.");
  }

  complain(name, sentence) {
    const [field] = this.fields(name);
    const place = document.getElementById(`${field.id}-loi`);
    field.toggleAttribute("aria-invalid", Boolean(sentence));
    if (place) {
      place.textContent = sentence;
      place.hidden = !sentence;
      if (sentence) field.setAttribute("aria-describedby", place.id);
    } else if (sentence) {
      this.say(sentence);
    }
  }

  stale(name, body) {
    const [field] = this.fields(name);
    this.torn.add(name);
    this.say("Có người vừa sửa cùng ô. Chọn một bản.");
    const box = document.createElement("div");
    box.className = "theirs";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = `${body.theirs_by || "Máy khác"} đã ghi lúc ${body.theirs_at}:`;
    const text = document.createElement("blockquote");
    text.textContent = body.theirs_words || body.theirs || "(để trống)";
    box.append(words, text);
    const choice = (label, chosen) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn slim";
      button.textContent = label;
      button.addEventListener("click", () => {
        const value = chosen();
        this.torn.delete(name);
        this.version(name, body.version);
        this.put(name, value);
        box.remove();
        this.keep(name, value);
        this.queue(name);
      });
      return button;
    };
    box.append(choice("Giữ bản của tôi", () => this.valueOf(name)), " ", choice("Lấy bản kia", () => body.theirs));
    (field.closest(".field") ?? field.closest("li") ?? field.parentElement).append(box);
  }

  put(name, value) {
    for (const field of this.fields(name)) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }

  signInAgain() {
    this.say("");
    const link = document.createElement("a");
    link.href = `${this.dataset.signin}?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = "Phiên đăng nhập đã hết. Nội dung vẫn giữ trên máy này; đăng nhập lại để ghi.";
    this.leaving = true;
    this.state.replaceChildren(link);
  }

  say(words) {
    this.state.textContent = words;
  }

  // What was typed and not yet accepted stays on this device until the server has answered.
  keep(name, value) {
    this.waiting.set(name, value);
    this.store();
  }

  forget(name) {
    this.waiting.delete(name);
    this.torn.delete(name);
    this.store();
  }

  store() {
    if (!this.waiting.size) localStorage.removeItem(this.shelf);
    else localStorage.setItem(this.shelf, JSON.stringify([...this.waiting].map(([name, value]) =>
      [name, value, this.fields(name)[0]?.dataset.version])));
  }

  restore() {
    const kept = JSON.parse(localStorage.getItem(this.shelf) ?? "[]");
    for (const [name, value, version] of kept) {
      if (!this.fields(name).length) continue;
      if (version) this.version(name, version); // based on what was read then: who wrote since is not written over
      this.put(name, value);
      this.waiting.set(name, value);
    }
    this.flush();
  }

  flush() {
    for (const name of this.waiting.keys()) if (!this.timers.has(name)) this.queue(name);
  }
}
customElements.define("cb-save", Save);
