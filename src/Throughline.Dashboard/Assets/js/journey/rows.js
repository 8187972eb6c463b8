// A journey's rows as columns of numbers, and what follows of them: levels, ends of subtrees, what is shown.
import { flag, kind, kindMask, wrong } from "./flags.js";
import { count, duration } from "./words.js";

const none = 0xffffffff;
const arrays = { u8: Uint8Array, u16: Uint16Array, i32: Int32Array, u32: Uint32Array, f64: Float64Array };

/** Asks for all rows of a journey. */
export async function loadRows(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return new Rows(await response.arrayBuffer());
}

export class Rows {
  constructor(buffer) {
    const length = new DataView(buffer).getInt32(0, true);
    this.head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    const begin = Math.ceil((4 + length) / 8) * 8;
    this.columns = {};
    for (const [name, [type, offset, size]] of Object.entries(this.head.columns)) {
      this.columns[name] = new arrays[type](buffer, begin + offset, size);
    }
    this.count = this.head.rows;
    this.unit = this.head.unitNano;
    this.durationNs = Math.max(1, this.head.durationNano);
    this.readTree();
    this.readSparse();
    this.isCriticalOnly = false;
    this.folded = new Uint8Array(this.count);
    for (let i = 0; i < this.count; i++) this.folded[i] = this.has(i, flag.folded) ? 1 : 0;
    this.refresh();
  }

  // Parents come before their children: one pass down for levels, one up for ends and what is below.
  readTree() {
    const { parent, flags } = this.columns;
    this.level = new Uint32Array(this.count);
    this.last = new Uint32Array(this.count);
    this.below = new Uint32Array(this.count);
    this.children = new Uint32Array(this.count + 1);
    this.place = new Uint32Array(this.count);
    for (let i = 0; i < this.count; i++) {
      this.level[i] = parent[i] < 0 ? 1 : this.level[parent[i]] + 1;
      this.last[i] = i;
      this.place[i] = ++this.children[parent[i] < 0 ? this.count : parent[i]];
    }
    for (let i = this.count - 1; i >= 0; i--) {
      const above = parent[i];
      if (above < 0) continue;
      if (this.last[i] > this.last[above]) this.last[above] = this.last[i];
      this.below[above] |= flags[i] | this.below[i];
    }
  }

  readSparse() {
    const columns = this.columns;
    const places = name => new Map(Array.from(columns[name], (row, i) => [row, i]));
    this.topicOf = places("topic.row");
    this.errorOf = places("error.row");
    this.weightOf = places("weight.row");
    this.logsOf = new Map();
    columns["log.row"].forEach((row, i) => {
      if (!this.logsOf.has(row)) this.logsOf.set(row, []);
      this.logsOf.get(row).push(i);
    });
  }

  kind(i) { return this.columns.flags[i] & kindMask; }
  has(i, wanted) { return (this.columns.flags[i] & wanted) !== 0; }
  start(i) { return this.columns.start[i] * this.unit; }
  end(i) { return (this.columns.start[i] + this.columns.length[i]) * this.unit; }
  parent(i) { return this.columns.parent[i]; }
  service(i) { return this.head.services[this.columns.service[i]]; }
  name(i) { return this.head.names[this.columns.name[i]]; }
  hasChildren(i) { return this.last[i] > i; }

  id(i) {
    const { id } = this.columns;
    return id[2 * i].toString(16).padStart(8, "0") + id[2 * i + 1].toString(16).padStart(8, "0");
  }

  /** A row's name in the address. */
  key(i) { return ["", "t", "u", "a"][this.kind(i)] + this.id(i); }

  /** The row of such a name, or -1. */
  find(key) {
    const wanted = { t: kind.inTopic, u: kind.unread, a: kind.alike }[key[0]];
    const hex = key.length === 17 ? key.slice(1) : key;
    if (!/^[0-9a-f]{16}$/.test(hex)) return -1;
    const [high, low] = [parseInt(hex.slice(0, 8), 16), parseInt(hex.slice(8), 16)];
    const { id } = this.columns;
    for (let i = 0; i < this.count; i++) {
      if (id[2 * i + 1] === low && id[2 * i] === high && this.kind(i) === (key.length === 17 ? wanted : kind.span)) return i;
    }
    return -1;
  }

  /** What is known of a record's time in its topic. */
  topic(i) {
    const at = this.topicOf.get(i);
    if (at === undefined) return null;
    const value = name => this.columns[`topic.${name}`][at];
    const text = name => (value(name) === none ? null : this.head.names[value(name)]);
    const time = name => (value(name) === none ? null : this.start(i) + value(name) * this.unit);
    return {
      name: this.name(i), partition: value("partition"), offset: value("offset"), group: text("group"), key: text("key"),
      acknowledged: time("acknowledged"), fetched: time("fetched"), wait: value("wait"), skew: value("skew"),
      target: value("target"), delivery: value("delivery"), retry: value("retry"),
    };
  }

  placeOf(topic) {
    return topic.name + (topic.partition >= 0 ? `[${topic.partition}]` : "") + (topic.partition >= 0 && topic.offset >= 0 ? `@${topic.offset}` : "");
  }

  label(i) {
    const topic = this.topic(i);
    switch (this.kind(i)) {
      case kind.inTopic:
        return `${this.placeOf(topic)} · ${!Number.isNaN(topic.skew) ? `clocks differ by ${duration(topic.skew)} or more` : Number.isNaN(topic.wait) ? "wait unknown" : `waited ${duration(topic.wait)}`}`;
      case kind.unread:
        return `${this.placeOf(topic)} · ${topic.group === null ? "no group is known to read it" : `nobody in group ${topic.group} has processed it`}`;
      case kind.alike: {
        const inner = this.topic(i + 1);
        return `${count(this.children[i])} × ${inner ? `${inner.name}, group ${inner.group}` : this.name(i)}`;
      }
      default:
        return this.name(i);
    }
  }

  /** Short notes: words, and a tone that has a shape. */
  badges(i) {
    const badges = [];
    const add = (words, tone = "") => badges.push([words, tone]);
    const topic = this.topic(i);
    if (this.has(i, flag.error)) add(this.errorOf.has(i) ? `error ${this.errorType(i).replace(/^.*\.(?=.)/, "")}` : "error", "bad");
    if (this.has(i, flag.deadLetter)) add("dead letter", "bad");
    if (this.has(i, flag.toRetry)) add("goes to retry", "warn");
    if (this.has(i, flag.orphan)) add("orphan", "warn");
    if (this.has(i, flag.skew)) add("clocks differ", "warn");
    if (this.has(i, flag.live)) add("not settled");
    if (this.kind(i) === kind.inTopic) {
      if (topic.retry > 0) add(`retry ${topic.retry}`);
      if (topic.delivery > 1) add(`delivery ${topic.delivery}`, "warn");
      add(`→ ${topic.group}`);
    }
    if (this.kind(i) === kind.unread && topic.group !== null) add("not seen", "warn");
    if (this.has(i, flag.retry) && this.kind(i) === kind.span) add(`attempt ${(this.topic(this.parent(i))?.retry ?? 0) + 1}`);
    if (this.has(i, flag.batch)) add("batch");
    if (this.kind(i) === kind.alike && (this.below[i] & wrong)) add("errors within", "bad");
    if (this.kind(i) === kind.span && this.has(i, flag.send)) {
      const groups = this.groups(i);
      if (groups > 1) add(`→ ${groups} groups`);
    }
    if (this.has(i, flag.weighted) && this.weightOf.has(i)) add(`kept 1/${this.columns["weight.of"][this.weightOf.get(i)]}`);
    if (this.has(i, flag.surrounding)) add("around");
    if (this.has(i, flag.elsewhere)) add("links elsewhere ↗");
    if (this.has(i, flag.logs)) add(`${this.logsOf.get(i)?.length ?? ""} logs`);
    return badges;
  }

  errorType(i) { return this.head.names[this.columns["error.type"][this.errorOf.get(i)]]; }

  groups(i) {
    const groups = new Set();
    for (let child = i + 1; child <= this.last[i]; child = this.last[child] + 1) {
      const group = this.topic(child)?.group;
      if (group) groups.add(group);
      if (groups.size > 100) break;
    }
    return groups.size;
  }

  /** Which rows are shown: those whose parents are all unfolded. */
  refresh() {
    const shown = new Uint32Array(this.count);
    const at = new Int32Array(this.count).fill(-1);
    const flags = this.columns.flags;
    let length = 0;
    for (let i = 0; i < this.count; i++) {
      if (this.isCriticalOnly && !((flags[i] | this.below[i]) & flag.critical)) {
        i = this.last[i];
        continue;
      }
      at[i] = length;
      shown[length++] = i;
      if (this.folded[i] && !(this.isCriticalOnly && (this.below[i] & flag.critical))) i = this.last[i];
    }
    this.shown = shown.subarray(0, length);
    this.shownAt = at;
  }

  isFolded(i) { return this.hasChildren(i) && this.folded[i] === 1 && !(this.isCriticalOnly && (this.below[i] & flag.critical)); }

  /** Unfolds what a row is below of. */
  reveal(i) {
    for (let above = this.parent(i); above >= 0; above = this.parent(above)) this.folded[above] = 0;
    if (this.isCriticalOnly && !((this.columns.flags[i] | this.below[i]) & flag.critical)) this.isCriticalOnly = false;
    this.refresh();
  }

  foldAll(isFolded) {
    for (let i = 0; i < this.count; i++) this.folded[i] = isFolded && this.hasChildren(i) ? 1 : 0;
    this.refresh();
  }

  /** Folds that are not as they are at first, as names. */
  changedFolds(max) {
    const keys = [];
    for (let i = 0; i < this.count && keys.length < max; i++) {
      if (this.hasChildren(i) && this.folded[i] !== (this.has(i, flag.folded) ? 1 : 0)) keys.push(this.key(i));
    }
    return keys;
  }

  setFolds(keys) {
    for (let i = 0; i < this.count; i++) this.folded[i] = this.has(i, flag.folded) ? 1 : 0;
    for (const key of keys) {
      const i = this.find(key);
      if (i >= 0) this.folded[i] ^= 1;
    }
    this.refresh();
  }

  /** All rows, shown or not, whose name, service, topic, place, group, key or error has a text. */
  search(text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const has = words => words.toLowerCase().includes(wanted);
    const names = this.head.names.map(has);
    const services = this.head.services.map(has);
    const { name, service } = this.columns;
    const hits = [];
    for (let i = 0; i < this.count; i++) {
      if (this.kind(i) === kind.alike) continue;
      if (names[name[i]] || services[service[i]] || this.hasInside(i, names, has)) hits.push(i);
    }
    return hits;
  }

  hasInside(i, names, has) {
    const error = this.errorOf.get(i);
    if (error !== undefined) return names[this.columns["error.type"][error]];
    const at = this.topicOf.get(i);
    if (at === undefined) return false;
    const group = this.columns["topic.group"][at];
    const key = this.columns["topic.key"][at];
    return (group !== none && names[group]) || (key !== none && names[key]) || has(this.label(i));
  }

  /** The next row that is wrong, from a row on, shown or not; -1 for none. */
  nextWrong(from, step) {
    for (let i = from + step; i >= 0 && i < this.count; i += step) {
      if (this.has(i, wrong) && this.kind(i) === kind.span) return i;
    }
    return -1;
  }
}
