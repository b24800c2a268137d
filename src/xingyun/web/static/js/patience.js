// Trying again by itself, less often each time: soon at first, once a minute at last.
const FIRST = 3000;
const SLOWEST = 60_000;

export class Patience {
  constructor(act) {
    this.act = act;
    this.pause = FIRST;
    this.timer = 0;
  }

  /** Once more after a pause; asked for again meanwhile, it stays with that. */
  later() {
    if (this.timer) return;
    this.timer = setTimeout(() => this.now(), this.pause);
    this.pause = Math.min(this.pause * 2, SLOWEST);
  }

  /** At once, because something has changed: the line is back, or somebody has signed in. */
  now() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.act();
  }

  /** It has worked: nothing is waited for, and the next trouble begins with a short pause. */
  rest() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.pause = FIRST;
  }
}
