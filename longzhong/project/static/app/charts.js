/* Charts: options come as JSON, colours are tokens ("$late"), the tooltip is built as nodes so that the CSP stays strict. */
(function () {
  "use strict";
  const source = document.querySelector('meta[name="lz-echarts"]')?.content;
  let loading = null;
  const library = () => loading ||= new Promise((done, fail) => {
    if (window.echarts) return done(window.echarts);
    const script = document.createElement("script");
    script.src = source; script.onload = () => done(window.echarts); script.onerror = fail;
    document.head.append(script);
  });
  const style = () => getComputedStyle(document.documentElement);
  const paint = (value, css) => {
    if (typeof value === "string") return value.startsWith("$") ? css.getPropertyValue("--lz-" + value.slice(1)).trim() || value : value;
    if (Array.isArray(value)) return value.length && typeof value[0] === "number" ? value : value.map((item) => paint(item, css));
    if (value && typeof value === "object") { for (const key of Object.keys(value)) value[key] = paint(value[key], css); }
    return value;
  };
  const node = (tag, text, parent) => { const el = document.createElement(tag); if (text !== undefined) el.textContent = text; parent?.append(el); return el; };
  const number = (value) => value === null || value === undefined || value === "-" ? "–" : typeof value === "number" ? value.toLocaleString("zh-CN", { maximumFractionDigits: 2 }) : String(value);
  const tip = (unit) => (params) => {
    const list = Array.isArray(params) ? params : [params], box = node("div"); box.className = "lz-tip";
    const head = list[0].axisValueLabel ?? list[0].name; node("b", head, box);
    for (const one of list) {
      const line = node("div", undefined, box), dot = node("i", undefined, line); dot.style.background = one.color;
      if (one.coordinateSystem === "geo" || one.seriesType === "scatter" && one.data?.note !== undefined) { line.append(one.data.note || one.seriesName); continue; }
      line.append(one.seriesName); node("span", number(Array.isArray(one.value) ? one.value.at(-1) : one.value) + (unit ? " " + unit : ""), line);
    }
    return box;
  };
  const dress = (option, css) => {
    const text = css.getPropertyValue("--lz-text-2").trim(), line = css.getPropertyValue("--lz-line").trim(), strong = css.getPropertyValue("--lz-text").trim();
    const font = getComputedStyle(document.body).fontFamily;
    option.textStyle = { fontFamily: font, color: text, fontSize: 12 };
    option.animation = false;
    for (const axis of [option.xAxis, option.yAxis].flat()) {
      if (!axis) continue;
      axis.axisLabel = { color: text, fontSize: 12, hideOverlap: true, ...axis.axisLabel };
      axis.axisLine = { lineStyle: { color: line }, ...axis.axisLine };
      axis.splitLine = { lineStyle: { color: line }, ...(axis.type === "value" ? {} : { show: false }), ...axis.splitLine };
      axis.nameTextStyle = { color: text, fontSize: 12, ...axis.nameTextStyle };
    }
    if (option.dataZoom) {
      const days = [option.xAxis].flat()[0];
      days.axisLabel = { ...days.axisLabel, interval: (i) => i % 96 === 0, formatter: (text) => text.slice(0, 5) };
      Object.assign(option.dataZoom[0], { borderColor: "transparent", backgroundColor: line, showDataShadow: false, showDetail: false, brushSelect: false, fillerColor: css.getPropertyValue("--lz-brand-soft").trim(), handleStyle: { color: css.getPropertyValue("--lz-brand").trim(), borderWidth: 0 }, moveHandleSize: 0 });
    }
    if (option.legend) option.legend = { icon: option.geo ? "circle" : "roundRect", itemWidth: 12, itemHeight: 4, itemGap: 16, textStyle: { color: text, fontSize: 12 }, type: "scroll", ...option.legend };
    if (option.tooltip) option.tooltip = { backgroundColor: css.getPropertyValue("--lz-raised").trim(), borderColor: line, textStyle: { color: strong, fontSize: 12 }, confine: true, extraCssText: "", formatter: tip(option.lzUnit), ...option.tooltip };
    if (option.geo) option.geo = { map: "lz", itemStyle: { areaColor: css.getPropertyValue("--lz-land").trim(), borderColor: css.getPropertyValue("--lz-land-line").trim() }, emphasis: { disabled: true }, label: { show: true, color: text, fontSize: 12 }, silent: true, left: 12, right: 12, top: 12, bottom: 28, ...option.geo };
    return option;
  };
  const draw = async (area) => {
    if (area.dataset.drawn) return;
    area.dataset.drawn = "1";
    const source = document.getElementById(area.dataset.chart);
    if (!source) return;
    const echarts = await library(), css = style(), option = dress(paint(JSON.parse(source.textContent), css), css);
    if (area.dataset.geo) {
      const borders = await (await fetch(area.dataset.geo)).json();
      echarts.registerMap("lz", borders);
      frame(option, borders);
    }
    const chart = echarts.init(area, null, { renderer: "canvas" });
    chart.setOption(option);
    chart.on("click", (event) => { const href = event.data?.href; if (href) location.href = href; });
    new ResizeObserver(() => chart.resize()).observe(area);
    if (document.fonts?.status !== "loaded") document.fonts.ready.then(() => chart.resize());
  };
  /* The map opens on the points that it shows, not on the whole prefecture. */
  const frame = (option, borders) => {
    const points = option.series.flatMap((series) => series.data.map((point) => point.value));
    if (!points.length || option.geo.boundingCoords || option.geo.center) return;
    const ends = (values) => { const low = Math.min(...values), high = Math.max(...values), pad = Math.max(0.04, (0.3 - (high - low)) / 2); return [low - pad, high + pad]; };
    const [west, east] = ends(points.map((p) => p[0])), [south, north] = ends(points.map((p) => p[1]));
    option.geo.boundingCoords = [[west, north], [east, south]];
  };
  const save = (href, name) => { const link = document.createElement("a"); link.href = href; link.download = name; link.click(); };
  const title = (area) => area.closest("figure")?.querySelector("h2")?.textContent.trim() || "chart";
  const find = (id) => document.querySelector('[data-chart="' + CSS.escape(id) + '"]');
  const cell = (value) => { const text = value === null || value === undefined ? "" : String(value); return /[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : /^[=+@]/.test(text) ? "'" + text : text; };
  const table = (option) => {
    const labels = [option.xAxis].flat()[0]?.data;
    if (!labels) return [["名称", "经度", "纬度", "说明"], ...option.series.flatMap((s) => s.data.map((p) => [p.name, ...(p.value || []), p.note]))];
    return [["", ...option.series.map((s) => s.name)], ...labels.map((label, i) => [label, ...option.series.map((s) => { const v = s.data[i]; return v && typeof v === "object" ? v.value : v; })])];
  };
  document.addEventListener("click", (event) => {
    const png = event.target.closest("[data-chart-png]"), csv = event.target.closest("[data-chart-csv]");
    if (png) { const area = find(png.dataset.chartPng); save(echarts.getInstanceByDom(area).getDataURL({ pixelRatio: 2, backgroundColor: style().getPropertyValue("--lz-surface").trim() }), title(area) + ".png"); }
    if (csv) {
      const rows = table(JSON.parse(document.getElementById(csv.dataset.chartCsv).textContent));
      const href = URL.createObjectURL(new Blob(["\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n")], { type: "text/csv" }));
      save(href, title(find(csv.dataset.chartCsv)) + ".csv"); setTimeout(() => URL.revokeObjectURL(href), 1000);
    }
  });
  const ready = (root) => { if (root.matches?.("[data-chart]")) draw(root); root.querySelectorAll?.("[data-chart]").forEach(draw); };
  document.addEventListener("htmx:load", (event) => ready(event.target));
  if (!window.htmx) ready(document);
})();
