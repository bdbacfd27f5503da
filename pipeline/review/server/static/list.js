// A list of any length: only the lines in sight are in the page. Groups have a head of their own, every other line is a row.
const HEAD = 96;
const ROW = 60;
const WINDOW = 100;

export class LongList {
  /** `fetchRows(offset, limit)` gives rows; `head(group, index)` and `row(row, position)` make elements; `lines` goes into `canvas`, which `box` scrolls. */
  constructor(box, canvas, { fetchRows, head, row }) {
    Object.assign(this, { box, canvas, fetchRows, head, row });
    this.shown = new Map();
    this.reset([], []);
    box.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(box);
  }

  /** Begins anew with groups (`count` rows each) and the first rows. */
  reset(groups, rows) {
    this.groups = groups;
    this.rows = new Map(rows.map((row, position) => [position, row]));
    this.asked = new Set(rows.length ? [0] : []);
    this.starts = [];
    this.count = 0;
    for (const group of groups) {
      this.starts.push(this.count);
      this.count += group.count;
    }
    this.shown.forEach((element) => element.remove());
    this.shown.clear();
    this.canvas.style.height = `${this.count * ROW + groups.length * HEAD}px`;
    this.version = (this.version ?? 0) + 1;
    this.draw();
  }

  groupOf(position) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  topOf(position) {
    return position * ROW + (this.groupOf(position) + 1) * HEAD;
  }

  /** A row, fetched where it is not there yet. */
  async at(position) {
    if (position < 0 || position >= this.count) return null;
    if (!this.rows.has(position)) await this.load(Math.floor(position / WINDOW) * WINDOW);
    return this.rows.get(position) ?? null;
  }

  async load(offset) {
    if (this.asked.has(offset)) return;
    this.asked.add(offset);
    const version = this.version;
    const rows = await this.fetchRows(offset, WINDOW);
    if (version !== this.version) return;
    rows.forEach((row, index) => this.rows.set(offset + index, row));
    this.draw();
  }

  /** Draws rows and heads that were drawn already anew. */
  redraw() {
    this.shown.forEach((element) => element.remove());
    this.shown.clear();
    this.draw();
  }

  reveal(position) {
    const top = this.topOf(position);
    const { scrollTop, clientHeight } = this.box;
    if (top - HEAD < scrollTop) this.box.scrollTop = top - HEAD - ROW;
    else if (top + ROW > scrollTop + clientHeight) this.box.scrollTop = top + 2 * ROW - clientHeight;
    this.draw();
  }

  draw() {
    const above = this.box.scrollTop - 6 * ROW;
    const below = this.box.scrollTop + this.box.clientHeight + 6 * ROW;
    const wanted = new Map();
    this.groups.forEach((group, index) => {
      const top = this.starts[index] * ROW + index * HEAD;
      const bottom = top + HEAD + group.count * ROW;
      if (bottom < above || top > below) return;
      wanted.set(`g${index}`, { top, make: () => this.head(group, index) });
      const first = Math.max(0, Math.floor((above - top - HEAD) / ROW));
      const last = Math.min(group.count, Math.ceil((below - top - HEAD) / ROW));
      for (let inside = first; inside < last; inside += 1) {
        const position = this.starts[index] + inside;
        const row = this.rows.get(position);
        if (row) wanted.set(`r${position}`, { top: top + HEAD + inside * ROW, make: () => this.row(row, position) });
        else this.load(Math.floor(position / WINDOW) * WINDOW).catch(() => {});
      }
    });
    for (const [key, element] of this.shown) {
      if (!wanted.has(key)) {
        element.remove();
        this.shown.delete(key);
      }
    }
    let before = null;
    for (const [key, { top, make }] of wanted) {
      if (!this.shown.has(key)) {
        const element = make();
        element.style.transform = `translateY(${top}px)`;
        this.canvas.insertBefore(element, before ? before.nextSibling : this.canvas.firstChild);
        this.shown.set(key, element);
      }
      before = this.shown.get(key);
    }
  }
}
