"use strict";
// Everything that comes from the daemon becomes a text node or a number: names are chosen by strangers.
(() => {
  const EVERY = 2000;
  const MOST = 600;
  const byId = (id) => document.getElementById(id);
  const drawn = new Map();
  const world = { status: null, findings: null, plans: null, episodes: null };
  let seen = 0;
  let lastError = "";

  // Control characters and those that turn the direction of text would lie about what stands beside them.
  const plain = (value) => String(value ?? "").replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "\ufffd");
  const cut = (text, most = 300) => (text.length > most ? text.slice(0, most - 1) + "\u2026" : text);

  function el(tag, classes, ...children) {
    const node = document.createElement(tag);
    if (classes) node.className = classes;
    for (const child of children.flat()) {
      if (child === null || child === undefined || child === "") continue;
      node.append(child instanceof Node ? child : document.createTextNode(cut(plain(child), 2000)));
    }
    return node;
  }
  function name(text, classes) {
    const parts = cut(plain(text)).split(/(?<=\/)/); // a line may end behind a slash
    const node = el("bdi", classes, parts.flatMap((part, i) => (i ? [el("wbr", ""), part] : [part])));
    if (String(text).length > 40) node.title = cut(plain(text), 1000);
    return node;
  }
  function word(text) {
    return /^[a-z_]{1,20}$/.test(text) ? text : "unknown";
  }
  function bar(share, tone) {
    const inner = el("i", "");
    inner.style.setProperty("--share", Math.max(0, Math.min(1, Number(share) || 0)));
    if (tone) inner.style.setProperty("--tone", tone);
    const node = el("div", "bar", inner);
    node.setAttribute("aria-hidden", "true");
    return node;
  }
  const list = (value) => (Array.isArray(value) ? value : []);
  const known = (value) => typeof value === "number" && Number.isFinite(value);

  function amount(money) {
    const number = Number(money.amount);
    const digits = Math.abs(number) >= 1000 ? 0 : 2;
    return Number.isFinite(number) ? number.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }) : plain(money.amount);
  }
  function cost(money) {
    if (!money || money.unknown !== undefined) return "price unknown";
    return amount(money) + " " + plain(money.currency) + (money.per ? "/" + plain(money.per) : "");
  }
  function duration(seconds) {
    const s = Math.max(0, Math.round(seconds));
    const two = (n) => String(n).padStart(2, "0");
    if (s >= 86400) return Math.floor(s / 86400) + " d " + Math.floor((s % 86400) / 3600) + " h";
    return s >= 3600 ? Math.floor(s / 3600) + ":" + two(Math.floor((s % 3600) / 60)) + ":" + two(s % 60) : two(Math.floor(s / 60)) + ":" + two(s % 60);
  }
  function now() {
    const at = Date.parse(world.status?.at ?? "");
    return Number.isFinite(at) ? at + (Date.now() - seen) : Date.now();
  }
  function ago(instant) {
    const at = Date.parse(instant ?? "");
    if (!Number.isFinite(at)) return "";
    const s = Math.max(0, (now() - at) / 1000);
    if (s < 90) return Math.round(s) + " s ago";
    if (s < 5400) return Math.round(s / 60) + " min ago";
    return s < 172800 ? Math.round(s / 3600) + " h ago" : Math.round(s / 86400) + " d ago";
  }
  function bytes(value) {
    return value >= 1e9 ? (value / 1073741824).toFixed(value >= 1e10 ? 0 : 1) + " GiB" : Math.round(value / 1048576) + " MiB";
  }
  function number(value, unit) {
    if (!known(value)) return plain(value);
    if (unit === "ratio") return Number((value * 100).toFixed(Math.abs(value) < 0.1 ? 1 : 0)) + " %";
    if (unit === "bytes") return bytes(value);
    return Number(value.toPrecision(4)).toLocaleString("en", { maximumFractionDigits: 6 }) + (unit && unit !== "count" ? " " + plain(unit) : "");
  }

  // Draws a part only when what it shows has changed, so that selections and opened details stay.
  function draw(id, data, nodes) {
    const target = byId(id);
    const key = JSON.stringify(data) + "\n" + byId("filter").value;
    const selection = document.getSelection();
    if (drawn.get(id) === key || (selection && !selection.isCollapsed && target.contains(selection.anchorNode))) return;
    drawn.set(id, key);
    const open = new Set([...target.querySelectorAll("details[open]")].map((each) => each.dataset.key));
    target.replaceChildren(...nodes());
    for (const each of target.querySelectorAll("details")) each.open = open.has(each.dataset.key);
  }
  const empty = (text) => [el("p", "empty", text)];
  function matches(...texts) {
    const wanted = byId("filter").value.trim().toLowerCase();
    return wanted === "" || texts.flat().some((text) => String(text ?? "").toLowerCase().includes(wanted));
  }
  function table(heads, rows) {
    const head = el("thead", "", el("tr", "", heads.map((each) => { const th = el("th", each.num ? "num" : "", each.text); th.scope = "col"; return th; })));
    return el("table", "", head, el("tbody", "", rows));
  }

  const GLYPH = { busy: "\u25cf", idle: "\u25cb", wasting: "\u25b2", acting: "\u25a0", protected: "\u25c6", unknown: "?" };
  function gpuTile(gpu) {
    const state = GLYPH[gpu.state] ? gpu.state : "unknown";
    const tile = el("article", "gpu s-" + state,
      el("div", "row", el("h3", "", "GPU ", name(gpu.index ?? "?")), el("span", "state", GLYPH[state] + " ", el("span", "word", state))),
      el("div", "model", name(String(gpu.model ?? "").replace(/^NVIDIA /, ""))));
    tile.title = plain(gpu.id);
    const readings = el("dl", "");
    const reading = (label, share, text) => readings.append(el("dt", "", label), ...(share === null ? [el("dd", "both", text)] : [el("dd", "", bar(share)), el("dd", "", text)]));
    if (known(gpu.utilization)) reading("used", gpu.utilization, number(gpu.utilization, "ratio"));
    else if (known(gpu.engine_active)) reading("engine", gpu.engine_active, number(gpu.engine_active, "ratio"));
    if (known(gpu.memory_used_bytes)) reading("mem", gpu.memory_bytes ? gpu.memory_used_bytes / gpu.memory_bytes : null, bytes(gpu.memory_used_bytes));
    if (known(gpu.power_watts)) reading("power", null, Math.round(gpu.power_watts) + " W" + (known(gpu.temperature_celsius) ? ", " + Math.round(gpu.temperature_celsius) + " \u00b0C" : ""));
    if (readings.childElementCount) tile.append(readings);
    const holders = el("div", "holder clip");
    if (!Array.isArray(gpu.holders)) holders.append("not known who holds it");
    else if (gpu.holders.length === 0) holders.append("held by nobody");
    else gpu.holders.slice(0, 3).forEach((each, i) => holders.append(i ? ", " : "", name(each)));
    tile.append(holders);
    if (gpu.note) tile.append(el("div", "small clip", name(gpu.note)));
    const price = el("div", "small", cost(gpu.cost));
    if (gpu.cost?.unknown) price.title = plain(gpu.cost.unknown);
    tile.append(price);
    return tile;
  }
  function drawGpus(status) {
    const all = list(status.gpus);
    const shown = all.filter((gpu) => matches(gpu.id, gpu.index, gpu.model, gpu.node, gpu.state, gpu.holders, gpu.note));
    const counts = {};
    for (const gpu of all) counts[gpu.state] = (counts[gpu.state] ?? 0) + 1;
    byId("gpus-sum").textContent = cut(plain(Object.entries(counts).map(([state, count]) => count + " " + state).join(", ")));
    byId("gpu-list").classList.toggle("dense", shown.length > 96);
    draw("gpu-list", all, () => shown.length === 0
      ? empty(all.length === 0 ? "No GPU is seen. The collectors below say what they looked for." : "No GPU matches the filter.")
      : [...shown.slice(0, MOST).map(gpuTile), ...(shown.length > MOST ? [el("p", "empty", shown.length - MOST + " more are in /api/v1/status")] : [])]);
  }

  function drawMoney(status) {
    const money = status.money ?? {};
    const text = (values, none) => list(values).length === 0 ? none : list(values).map((each) => amount(each)).join(" + ");
    const unit = (values) => list(values).map((each) => plain(each.currency) + (each.per ? "/" + plain(each.per) : "")).join(", ");
    const tile = (kind, label, values, none, extra) => el("div", "tile " + kind, el("div", "name", label), el("div", "value", text(values, none), el("small", "", unit(values))), extra ?? el("div", "extra"));
    const findings = list(world.findings?.findings);
    draw("money", [money, list(status.gpus).map((gpu) => gpu.cost?.unknown), findings.map((each) => each.waste?.unknown)], () => {
      const costing = list(money.costing), wasting = list(money.wasting);
      let share = null;
      if (costing.length === 1 && wasting.length === 1 && Number(costing[0].amount) > 0) share = Number(wasting[0].amount) / Number(costing[0].amount);
      const unpriced = list(status.gpus).filter((gpu) => gpu.cost?.unknown !== undefined).length;
      const unpricedFindings = findings.filter((each) => each.waste?.unknown !== undefined).length;
      const zero = unpriced > 0 && unpriced === list(status.gpus).length ? "\u2013" : "0";
      const notCounted = unpricedFindings ? el("div", "extra", unpricedFindings + (unpricedFindings === 1 ? " finding" : " findings") + " without a price") : null;
      return [
        tile("", "GPUs cost", money.costing, "\u2013", el("div", "extra", unpriced ? unpriced + " without a price" : "")),
        tile("wasting", "of that is wasted", money.wasting, unpricedFindings ? "\u2013" : "0", share === null ? notCounted : el("div", "extra", bar(share, "var(--wasting)"), Math.round(share * 100) + " % of the cost")),
        tile("saving", "verified steps save now", money.saving, zero),
        tile("saving", "saved so far", money.saved, zero),
      ];
    });
  }

  function drawFlow() {
    const status = world.status;
    const failing = list(status.collectors).filter((each) => !each.ok).length;
    const open = list(world.episodes?.episodes).filter(isOpen).length;
    const parts = [
      ["#collectors", list(status.collectors).length, "collectors", failing ? failing + " failing" : ""],
      ["#gpus", list(status.gpus).length, "GPUs", ""],
      ["#workloads", list(status.workloads).length, "workloads", ""],
      ["#findings", list(world.findings?.findings).length, "findings by " + (status.rules?.count ?? 0) + " rules", ""],
      ["#next", open, "open episodes", ""],
      ["#plans", list(world.plans?.plans).length, "plans", ""],
    ];
    draw("flow", parts, () => parts.flatMap(([target, count, label, bad], i) => {
      const link = el("a", "", el("b", "", String(count)), " " + label, bad ? el("span", "bad", " (" + bad + ")") : "");
      link.href = target;
      return i === 0 ? [link] : [el("span", "", "\u2192"), link];
    }));
  }

  function drawBanners(status) {
    draw("banners", [status.paused, status.rules, status.speed, status.observe_only, lastError], () => {
      const all = [];
      const banner = (kind, title, ...rest) => all.push(el("p", "banner " + kind, el("b", "", title), rest));
      if (lastError) banner("bad", "The daemon does not answer.", lastError + " What is shown below is old.");
      if (status.paused) {
        const until = Date.parse(status.paused.until ?? "");
        banner("warn", status.paused.all ? "Everything is paused" : "Harming steps are paused",
          "by ", name(status.paused.by), ": ", name(status.paused.reason),
          Number.isFinite(until) ? ". Until " + new Date(until).toLocaleTimeString() + "." : ". Until somebody resumes.", " Resume by ", el("code", "", "reeve resume"), ".");
      }
      if (status.rules?.last_good) banner("bad", "Rules:", plain(status.rules.standing ?? "newer rules do not load, and the last good ones judge") + ". ", name(status.rules.problem));
      else if (status.rules?.problem) banner("bad", "The rules do not judge.", name(status.rules.problem));
      const limited = Object.entries(status.rules?.limited ?? {});
      if (limited.length > 0) banner("", "Some rules only warn.", limited.map(([rule, why]) => plain(rule) + ": " + plain(why)).join("; "));
      if (status.rules?.config_problem) banner("bad", "The configuration does not load;", "it stays as it was. ", name(status.rules.config_problem));
      if (status.observe_only) banner("warn", "It only observes.", name(status.observe_only));
      if (known(status.speed) && status.speed !== 1) banner("", "Demonstration.", "The evidence clock runs " + status.speed + " times as fast as the world's.");
      return all;
    });
  }

  const OPEN = new Set(["observed", "warned", "snoozed", "due", "intent", "acted", "unknown"]);
  const LADDER = ["observed", "warned", "due", "intent", "acted"];
  const WORDS = { observed: "found", warned: "told", due: "due", intent: "acting", acted: "checking", snoozed: "snoozed", unknown: "outcome unknown" };
  const isOpen = (episode) => OPEN.has(episode.state);
  function nextCard(episode) {
    const state = word(episode.state);
    const card = el("article", "card t-" + state);
    const count = el("span", "count");
    if (episode.next && known(episode.next.in_seconds) && LADDER.indexOf(state) < 3) {
      const speed = known(world.status?.speed) && world.status.speed > 0 ? world.status.speed : 1;
      count.dataset.seconds = String(episode.next.in_seconds);
      count.dataset.speed = String(speed);
      count.dataset.at = String(Date.parse(world.episodes.at));
      count.title = "until the ladder's next rung is reached; the guard decides then";
    }
    card.append(el("div", "row", el("h3", "", name(episode.rule)), count));
    card.append(el("div", "who", episode.next ? [name(episode.next.remedy), " of "] : "", name(episode.workload || episode.subject)));
    if (LADDER.includes(state)) {
      const at = LADDER.indexOf(state);
      const ladder = el("ol", "ladder", LADDER.map((each, i) => el("li", i < at ? "past" : i === at ? "now" : "", WORDS[each])));
      ladder.setAttribute("aria-label", "state: " + WORDS[state]);
      card.append(ladder);
    } else {
      card.append(el("div", "note word-state", WORDS[state] ?? state));
    }
    const since = [];
    if (episode.since) since.push("evidence since " + ago(episode.since));
    if (episode.warned_at) since.push("told " + ago(episode.warned_at));
    if (episode.truth === "unknown") since.push("now unknown: the clock stands still");
    card.append(el("div", "note", episode.note ? [name(episode.note), " "] : "", el("span", "who", since.join(", "))));
    return card;
  }
  function drawNext() {
    const all = list(world.episodes?.episodes).filter(isOpen);
    const shown = all.filter((each) => matches(each.id, each.rule, each.subject, each.workload, each.state, each.note));
    draw("next-list", [all, Math.floor(now() / 30000)], () => (shown.length === 0 ? empty(all.length === 0 ? "Nothing is under way." : "Nothing matches the filter.") : shown.slice(0, MOST).map(nextCard)));
    const closed = list(world.episodes?.episodes).filter((each) => !isOpen(each)).filter((each) => matches(each.id, each.rule, each.subject, each.workload, each.state, each.note));
    draw("closed-list", [closed, Math.floor(now() / 30000)], () => closed.length === 0 ? empty("None yet.") : closed.slice(0, 50).map((each) =>
      el("div", "item t-" + word(each.state), el("div", "", el("span", "word-state", word(each.state)), " ", name(each.rule), " on ", name(each.workload || each.subject)), el("div", "meta", each.note ? [name(each.note), " \u00b7 "] : "", ago(each.closed_at ?? each.since)))));
  }

  const TRUTH = { true: ["yes", "\u2713", "holds"], false: ["no", "\u2717", "does not hold"], unknown: ["dunno", "?", "unknown"] };
  function findingCard(finding) {
    const card = el("article", "card t-" + word(finding.severity));
    card.append(el("div", "row", el("h3", "", name(finding.title || finding.rule)), el("span", "count", cost(finding.waste))));
    card.append(el("div", "who", name(finding.rule), " \u00b7 ", name(finding.workload || finding.subject), finding.workload && finding.subject && finding.subject !== finding.workload ? [" \u00b7 ", name(finding.subject)] : "", finding.since ? " \u00b7 since " + ago(finding.since) : ""));
    // one comparison may stand in several branches of a rule
    const distinct = [...new Map(list(finding.evidence).map((each) => [JSON.stringify(each), each])).values()];
    const rows = distinct.slice(0, 40).map((each) => {
      const [kind, glyph, said] = TRUTH[String(each.truth)] ?? TRUTH.unknown;
      const mark = el("td", kind, glyph);
      mark.setAttribute("aria-label", said);
      return el("tr", "", mark, el("td", "mono", name(each.expression), " ", name(each.comparison), " ", number(each.threshold, each.unit)),
        el("td", "num", each.value === undefined ? "unknown" : number(each.value, each.unit)), el("td", each.why_not ? "" : "word", name(each.witness), each.why_not ? [": ", name(each.why_not)] : ""));
    });
    const evidence = table([{ text: "" }, { text: "the rule asks" }, { text: "it is", num: true }, { text: "witness" }], rows);
    evidence.className = "evidence";
    card.append(evidence);
    const source = finding.waste?.source ?? finding.waste?.unknown;
    if (source) card.append(el("div", "note who", finding.waste.unknown === undefined ? "price: " : "", name(source)));
    return card;
  }
  function planCard(plan) {
    const card = el("article", "card t-" + word(plan.verdict));
    card.append(el("div", "row", el("h3", "", name(plan.remedy), " ", name(plan.workload)), plan.saves ? el("span", "count", cost(plan.saves)) : ""));
    card.append(el("div", "who", name(plan.rule)));
    card.append(el("div", "note", el("span", "word-state", word(plan.verdict).replace("_", " ")), " by guard ", name(plan.guard), plan.reason ? [": ", name(plan.reason)] : "", plan.result ? [" \u00b7 ", name(plan.result)] : ""));
    if (list(plan.preview).length > 0) {
      const details = el("details", "", el("summary", "", "the exact calls"), el("ol", "calls", list(plan.preview).slice(0, 40).map((call) => el("li", "mono", name(call)))));
      details.dataset.key = String(plan.id);
      card.append(details);
    }
    return card;
  }
  function drawCards(id, all, text, card, none) {
    const shown = all.filter((each) => matches(text(each)));
    draw(id, [all, Math.floor(now() / 30000)], () => (shown.length === 0 ? empty(all.length === 0 ? none : "Nothing matches the filter.") : shown.slice(0, MOST).map(card)));
  }

  function drawTables(status) {
    const gpuNumber = new Map(list(status.gpus).map((gpu) => [gpu.id, gpu.index ?? gpu.id]));
    const workloads = list(status.workloads).filter((each) => matches(each.id, each.owner, each.group, each.kind, each.note, each.protected));
    draw("workload-list", [status.workloads, [...gpuNumber]], () => workloads.length === 0 ? empty(list(status.workloads).length === 0 ? "No workload holds a GPU." : "Nothing matches the filter.")
      : [table([{ text: "workload" }, { text: "kind" }, { text: "owner" }, { text: "GPUs" }, { text: "cost", num: true }, { text: "" }], workloads.slice(0, MOST).map((each) =>
        el("tr", "", el("td", "", name(each.id)), el("td", "word", name(each.kind)), el("td", "", name(each.owner), each.group ? [" (", name(each.group), ")"] : ""),
          el("td", "", each.gpus === undefined ? "unknown" : list(each.gpus).slice(0, 32).map((id, i) => [i ? ", " : "", name(gpuNumber.get(id) ?? id)]).flat()), el("td", "num", cost(each.cost)),
          el("td", "", each.protected ? [el("span", "state s-protected", GLYPH.protected + " protected"), " ", name(each.protected), " "] : "", each.extent_unknown ? name(each.extent_unknown) : "", each.note ? name(each.note) : ""))))]);
    draw("notice-list", [status.notices, byId("filter").value, Math.floor(now() / 30000)], () => {
      const notices = list(status.notices).filter((each) => matches(each.episode, each.channel, each.to, each.text));
      return notices.length === 0 ? empty("Nobody had to be told anything yet.") : notices.slice(0, 50).map((each) =>
        el("div", "item t-" + (each.delivered ? "verified" : "failed"), el("div", "", name(each.text, "clip")),
          el("div", "meta", el("span", "word-state", each.delivered ? "\u2713 delivered" : "\u2717 not delivered"), " by ", name(each.channel), each.delivered ? (each.to ? [" to ", name(each.to)] : "") : each.reason ? [": ", name(each.reason)] : "", " \u00b7 ", ago(each.at))));
    });
    draw("collector-list", [status.collectors, Math.floor(now() / 10000)], () => list(status.collectors).length === 0 ? empty("No collector runs.")
      : [table([{ text: "collector" }, { text: "state" }, { text: "last answer" }, { text: "every", num: true }], list(status.collectors).map((each) =>
        el("tr", "", el("td", "", name(each.name)), el("td", each.ok ? "no" : "yes", each.ok ? "\u2713 answers" : "\u2717 ", each.ok ? "" : name(each.problem || "fails")), el("td", "", each.last_success ? ago(each.last_success) : "never"), el("td", "num", known(each.interval_seconds) ? each.interval_seconds + " s" : ""))))]);
  }

  function drawAll() {
    const status = world.status;
    if (!status) return;
    byId("instance").textContent = cut(plain(status.instance));
    document.title = "Reeve \u00b7 " + cut(plain(status.instance), 60);
    const mode = byId("mode");
    mode.textContent = plain(status.mode);
    mode.className = "pill " + word(String(status.mode));
    drawBanners(status);
    drawMoney(status);
    drawFlow();
    drawGpus(status);
    drawNext();
    drawCards("finding-list", list(world.findings?.findings), (each) => [each.rule, each.title, each.subject, each.workload], findingCard, "Nothing is judged to be waste.");
    drawCards("plan-list", list(world.plans?.plans), (each) => [each.rule, each.workload, each.remedy, each.reason, each.verdict], planCard, "Nothing would be done now.");
    drawTables(status);
    draw("foot", [status.version, status.rules?.hash], () => [el("span", "", "Reeve " , plain(status.version), " \u00b7 rules ", el("code", "", cut(plain(status.rules?.hash), 12)), " \u00b7 this page reads only; what changes anything goes by the command ", el("code", "", "reeve"), ". Press / to filter.")]);
  }
  function tick() {
    const live = byId("live");
    const age = (Date.now() - seen) / 1000;
    live.classList.toggle("lost", lastError !== "");
    live.textContent = seen === 0 ? "connecting" : lastError ? "no answer for " + duration(age) : "live";
    for (const each of document.querySelectorAll("[data-seconds]")) {
      const left = Number(each.dataset.seconds) - ((now() - Number(each.dataset.at)) / 1000) * Number(each.dataset.speed);
      each.textContent = world.status?.paused ? "paused" : left > 0 ? "in " + duration(left) : "due";
    }
  }

  async function ask(part) {
    const response = await fetch("/api/v1/" + part, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!response.ok) throw new Error("/api/v1/" + part + " answered " + response.status + ".");
    const value = await response.json();
    if (value.v !== 1) throw new Error("/api/v1/" + part + " speaks another version: reload this page.");
    return value;
  }
  async function refresh() {
    try {
      [world.status, world.findings, world.plans, world.episodes] = await Promise.all(["status", "findings", "plans", "episodes"].map(ask));
      seen = Date.now();
      lastError = "";
    } catch (failure) {
      lastError = failure instanceof TypeError ? "Is it running?" : plain(failure.message);
    }
    try { drawAll(); tick(); } catch (failure) { console.error(failure); }
  }
  async function loop() {
    for (;;) {
      if (!document.hidden) await refresh();
      await new Promise((done) => setTimeout(done, EVERY));
    }
  }

  byId("filter").addEventListener("input", drawAll);
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !typing) { event.preventDefault(); byId("filter").focus(); }
    if (event.key === "Escape" && typing) { byId("filter").value = ""; byId("filter").blur(); drawAll(); }
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  setInterval(tick, 1000);
  loop();
})();
