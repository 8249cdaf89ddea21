// Draws the charts of the page out of its own data, and lets tables be sorted. Everything shown is also in the tables.
(() => {
  "use strict";
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const make = (tag, parent, text) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  };
  const two = number => String(number).padStart(2, "0");

  // Ticks of time: the larger unit stands below where it changes.
  const times = (plot, ticks, axis, space, step) => ticks.map((tick, i) => {
    const at = new Date(tick * 1000), before = i > 0 ? new Date(ticks[i - 1] * 1000) : null;
    const year = at.getUTCFullYear(), isNewYear = !before || before.getUTCFullYear() !== year;
    if (step >= 31536000) return String(year);
    if (step >= 2592000) return months[at.getUTCMonth()] + (isNewYear ? "\n" + year : "");
    if (step >= 86400) return months[at.getUTCMonth()] + " " + at.getUTCDate() + (isNewYear ? "\n" + year : "");
    const isNewDay = !before || before.getUTCDate() !== at.getUTCDate();
    return two(at.getUTCHours()) + ":" + two(at.getUTCMinutes()) + (isNewDay ? "\n" + months[at.getUTCMonth()] + " " + at.getUTCDate() : "");
  });

  // Ticks of amounts: as many decimals as their distance needs, and a letter for what is large.
  const amounts = (plot, ticks, axis, space, step) => {
    const most = Math.max(...ticks.map(Math.abs));
    const [unit, letter] = most >= 1e12 ? [1e12, "T"] : most >= 1e9 ? [1e9, "B"] : most >= 1e6 ? [1e6, "M"] : most >= 1e4 ? [1e3, "k"] : [1, ""];
    const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9)));
    return ticks.map(tick => tick === 0 ? "0" : (tick / unit).toFixed(decimals) + letter);
  };
  const percents = (plot, ticks) => ticks.map(tick => Math.round(tick * 100) + "%");
  const widest = (plot, labels) => labels ? 18 + 7 * Math.max(...labels.map(label => label.length)) : 40;

  const draw = (figure, chart) => {
    const hidden = new Set();
    const numbers = chart.series.map(series => series.values.map(value => value === null ? null : Number(value)));
    const isStack = chart.kind === "stack";
    const legend = chart.series.length > 1 ? make("ul", figure) : null;
    const box = make("div", figure);
    const readout = make("p", figure);
    readout.className = "readout";
    box.className = "plot";
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", chart.title + ". Arrow keys read one step after the other; the table below has all values.");
    const color = i => style("--c" + (chart.series.length > 7 && i === chart.series.length - 1 ? 7 : i % 8));
    let plot = null, width = 0;

    // Bars stand on each other: each series is drawn as the sum of itself and all before it, the last one first.
    const columns = () => {
      if (!isStack) return [chart.x, ...numbers];
      const sums = chart.x.map(() => 0), stacked = [];
      numbers.forEach((values, i) => {
        values.forEach((value, at) => { if (!hidden.has(i)) sums[at] += value ?? 0; });
        stacked.push(hidden.has(i) ? chart.x.map(() => null) : sums.slice());
      });
      return [chart.x, ...stacked.reverse()];
    };
    const order = chart.series.map((_, i) => i);
    if (isStack) order.reverse();

    const unit = chart.unit === "%" ? "" : " " + chart.unit;
    const read = at => {
      if (at === null || at === undefined) {
        readout.textContent = "";
        return;
      }
      const said = chart.series.map((series, i) => [series.name, series.values[at], hidden.has(i)])
        .filter(([, value, isHidden]) => value !== null && !isHidden).map(([name, value]) => name + " " + value + unit);
      readout.textContent = chart.labels[at] + ": " + (said.length > 0 ? said.join(", ") : "nothing");
    };

    const build = forced => {
      width = forced ?? Math.max(240, Math.floor(figure.clientWidth));
      if (plot) plot.destroy();
      const ink = style("--less"), grid = { stroke: style("--grid"), width: 1 };
      const font = "12px system-ui, Helvetica, Arial, sans-serif";
      plot = new uPlot({
        width, height: width < 480 ? 220 : 280, padding: [12, 12, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { show: !isStack }, drag: { x: true, y: false } },
        tzDate: stamp => uPlot.tzDate(new Date(stamp * 1000), "Etc/UTC"),
        scales: {
          x: { time: true, range: (self, low, high) => {
            const step = chart.x.length > 1 ? chart.x[1] - chart.x[0] : 86400; // room for half a bar at both ends
            return low === chart.x[0] && high === chart.x.at(-1) ? [low - step * 0.6, high + step * 0.6] : [low, high];
          } },
          y: { range: (self, low, high) => chart.unit === "%" ? [0, 1] : [Math.min(0, low ?? 0), high > 0 ? high * 1.05 : 1] },
        },
        axes: [
          { stroke: ink, grid: { show: false }, ticks: grid, font, values: times, space: 64, incrs: steps(), size: 46 },
          { stroke: ink, grid, ticks: { show: false }, font, values: chart.unit === "%" ? percents : amounts, size: widest, space: 36 },
        ],
        series: [{}, ...order.map(i => isStack
          ? { fill: color(i), width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.8, 60] }) }
          : { stroke: color(i), width: 2, spanGaps: false, points: { show: chart.x.length < 60, size: 6, fill: color(i) } })],
        hooks: { setCursor: [self => read(self.cursor.idx)] },
      }, columns(), box);
    };

    // No finer than the steps of the data: a day is not told apart into hours.
    const steps = () => {
      const all = [3600, 7200, 10800, 21600, 43200, 86400, 172800, 345600, 604800, 1296000, 2592000, 5184000, 7776000, 15552000, 31536000, 63072000, 157680000];
      const least = Math.min(...chart.x.slice(1).map((at, i) => at - chart.x[i]), 86400);
      return all.filter(step => step >= Math.min(least, 86400));
    };

    if (legend) {
      legend.className = "legend";
      chart.series.forEach((series, i) => {
        const button = make("button", make("li", legend));
        button.type = "button";
        button.setAttribute("aria-pressed", "true");
        make("i", button).className = "k" + i;
        button.append(series.name);
        button.addEventListener("click", () => {
          if (!hidden.delete(i)) hidden.add(i);
          button.setAttribute("aria-pressed", String(!hidden.has(i)));
          plot.setData(columns());
        });
      });
    }
    const paint = () => legend?.querySelectorAll("i").forEach((mark, i) => { mark.style.background = color(i); });

    box.addEventListener("focus", () => readout.setAttribute("aria-live", "polite"));
    box.addEventListener("blur", () => { readout.removeAttribute("aria-live"); });
    box.addEventListener("keydown", event => {
      const last = chart.x.length - 1, at = plot.cursor.idx;
      const next = { ArrowRight: Math.min(last, (at ?? -1) + 1), ArrowLeft: Math.max(0, (at ?? last + 1) - 1), Home: 0, End: last }[event.key];
      if (event.key === "Escape") plot.setCursor({ left: -10, top: -10 });
      if (next === undefined) return;
      event.preventDefault();
      plot.setCursor({ left: plot.valToPos(chart.x[next], "x"), top: 10 });
    });

    const again = forced => { build(forced); paint(); };
    again();
    new ResizeObserver(() => { if (Math.abs(Math.floor(figure.clientWidth) - width) > 1) again(); }).observe(figure);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => again());
    addEventListener("beforeprint", () => again(660));
    addEventListener("afterprint", () => again());
    const hint = make("p", figure, "Drag to zoom, double-click to see all" + (legend ? "; a name shows or hides its part." : "."));
    hint.className = "hint";
  };

  document.querySelectorAll("figure[data-chart]").forEach(figure => draw(figure, charts[Number(figure.dataset.chart)]));

  // Numbers by size, all else by letters; a row that stands for others stays the last.
  const sort = (table, column, isUp) => {
    const body = table.tBodies[0], rows = [...body.rows];
    const key = row => row.cells[column].textContent.replace("%", "");
    const isNumber = table.tHead.rows[0].cells[column].classList.contains("n");
    const compare = isNumber
      ? (a, b) => (Number(key(a)) || (key(a) === "0" ? 0 : -Infinity)) - (Number(key(b)) || (key(b) === "0" ? 0 : -Infinity)) || 0
      : (a, b) => key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
    rows.sort((a, b) => a.classList.contains("others") - b.classList.contains("others") || (isUp ? 1 : -1) * compare(a, b));
    body.append(...rows);
  };
  document.querySelectorAll("table").forEach(table => {
    if (table.tBodies[0].rows.length < 2) return;
    [...table.tHead.rows[0].cells].forEach((cell, column) => {
      const name = cell.textContent;
      if (name === "") return;
      cell.textContent = "";
      const button = make("button", cell, name);
      button.type = "button";
      button.addEventListener("click", () => {
        const isUp = cell.getAttribute("aria-sort") === "descending" || (cell.getAttribute("aria-sort") === null && !cell.classList.contains("n"));
        [...cell.parentNode.cells].forEach(other => other.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", isUp ? "ascending" : "descending");
        sort(table, column, isUp);
      });
    });
  });
  document.documentElement.dataset.ready = "true";
})();
