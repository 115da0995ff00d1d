// A spoken answer: recorded here, sent at once to an address of its own, and answered with by its id. Without a
// microphone, or when it is refused, the file field and the text are there.

const MOST_SECONDS = 120;
const KINDS = ["audio/webm", "audio/mp4", "audio/ogg"];

class Recorder extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = this.querySelector("[data-spoken=recording]");
    this.status = this.querySelector("[data-status]");
    const file = this.querySelector("[data-file] input");
    file.addEventListener("change", () => file.files[0] && this.send(file.files[0]));
    if (!window.MediaRecorder || !navigator.mediaDevices) return;
    this.querySelector("[data-live]").hidden = false;
    this.querySelector("[data-file]").hidden = true;
    this.part("start").addEventListener("click", () => this.begin());
    this.part("stop").addEventListener("click", () => this.recorder.stop());
    this.part("again").addEventListener("click", () => this.forget());
  }

  disconnectedCallback() {
    this.release();
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  async begin() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.querySelector("[data-file]").hidden = false;
      this.say("failed");
      return;
    }
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    this.recorder = new MediaRecorder(this.stream, { mimeType, audioBitsPerSecond: 48000 });
    const pieces = [];
    this.recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    this.recorder.addEventListener("stop", () => this.done(new Blob(pieces, { type: this.recorder.mimeType })));
    this.recorder.start();
    this.show("stop");
    this.part("stop").focus();
    const began = Date.now();
    this.clock = setInterval(() => this.tick(Math.round((Date.now() - began) / 1000)), 500);
    this.tick(0);
  }

  tick(seconds) {
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.status.textContent = this.dataset.recordingNow.replace("{time}", time);
    if (seconds >= MOST_SECONDS) this.recorder.stop();
  }

  done(blob) {
    this.release();
    this.send(blob);
  }

  release() {
    clearInterval(this.clock);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
  }

  async send(blob) {
    this.say("sending");
    const body = new FormData();
    body.append("file", blob, "recording");
    const { csrfmiddlewaretoken, seat } = this.closest("form").elements;
    if (seat) body.append("seat", seat.value); // who of the people on this phone speaks
    try {
      const answer = await fetch(`recordings/${this.dataset.key}/`, { method: "POST", body, headers: { "X-CSRFToken": csrfmiddlewaretoken.value } });
      const kept = await answer.json();
      if (!answer.ok) throw new Error(kept.detail);
      this.input.value = kept.recording;
      const file = this.querySelector("[data-file] input");
      file.value = "";
      this.show("again");
      this.say("kept");
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    } catch (error) {
      this.show("start");
      this.status.textContent = error instanceof TypeError || !error.message ? this.dataset.failed : error.message;
    }
  }

  forget() {
    this.input.value = "";
    this.status.textContent = "";
    this.show("start");
    this.part("start").focus();
  }

  show(...names) {
    for (const name of ["start", "stop", "again"]) this.part(name).hidden = !names.includes(name);
  }

  say(name) {
    this.status.textContent = this.dataset[name];
  }
}

if (!customElements.get("oogst-recorder")) customElements.define("oogst-recorder", Recorder);
