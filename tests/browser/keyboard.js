/* What keyboard_walk() asks of a page: which controls there are, and how the one with the focus looks. */
window.walk = (() => {
  const CONTROLS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], audio[controls], video[controls], [contenteditable=true]";
  let controls = [];
  let looks = new Map();
  let seen = [];

  const name = (element) =>
    `<${element.localName}> ${(element.getAttribute("aria-label") || element.textContent || element.name || "").trim().replace(/\s+/g, " ").slice(0, 60)}`;

  function isVisible(element) {
    if (element.closest("[inert], [hidden]")) return false;
    const closed = element.closest("details:not([open])");
    if (closed && !(element.localName === "summary" && element.parentElement === closed)) return false;
    return element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : true;
  }

  /* Of radio buttons with one name, Tab reaches the chosen one, or the first. */
  function isStop(element) {
    if (element.disabled || element.matches("fieldset[disabled] *") || element.tabIndex < 0) return false;
    if (element.type !== "radio" || !element.name) return true;
    const root = element.form || document;
    const group = [...root.querySelectorAll("input[type=radio]")].filter((e) => e.name === element.name && !e.disabled);
    return element === (group.find((e) => e.checked) || group[0]);
  }

  /* A focus may be drawn on the control, on its label, on what stands beside it or (a link in a drawing) inside it. */
  const around = (element) =>
    [element, element.closest("label"), element.parentElement, element.nextElementSibling, element.firstElementChild].filter(Boolean);

  function looksOf(element) {
    return around(element).map((e) => {
      const style = getComputedStyle(e);
      return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.strokeWidth, style.backgroundColor].join(" ");
    });
  }

  function isOutlined(element) {
    return around(element).some((e) => {
      const style = getComputedStyle(e);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
  }

  function isSeenAt(element, x, y) {
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
    const top = document.elementFromPoint(x, y);
    return !top || element.contains(top) || top.contains(element) || Boolean(top.closest("label"));
  }

  /* The middle of a control must be in sight; of something high (a table that can be pushed aside) a part of it. */
  function isCovered(element) {
    const rect = element.getClientRects()[0];
    // A shape in a drawing need not lie in the middle of its box.
    if (!rect || !rect.width || element instanceof SVGElement) return false;
    const middle = rect.left + rect.width / 2;
    if (rect.height < 120) return !isSeenAt(element, middle, rect.top + Math.min(rect.height / 2, 20));
    for (let down = 20; down < rect.height; down += 40) if (isSeenAt(element, middle, rect.top + down)) return false;
    return true;
  }

  /* Which control has the focus (null: none), and what is wrong with how that looks. */
  function look() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return { at: null, problems: [] };
    const at = controls.indexOf(element);
    if (at < 0) return { at: null, problems: [`reached, but not expected: ${name(element)}`] };
    const problems = [];
    if (!isOutlined(element) && looksOf(element).join("|") === looks.get(element)) problems.push(`no visible focus: ${name(element)}`);
    if (isCovered(element)) problems.push(`the focus is out of sight: ${name(element)}`);
    return { at, problems };
  }

  /* What each Tab found is looked at when the next comes: by then the browser has scrolled. */
  addEventListener("keydown", (event) => event.key === "Tab" && seen.push(look()), true);

  return {
    begin() {
      document.activeElement?.blur?.();
      scrollTo(0, 0);
      controls = [...document.querySelectorAll(CONTROLS)].filter((e) => isVisible(e) && isStop(e));
      looks = new Map(controls.map((e) => [e, looksOf(e).join("|")]));
      seen = [];
      return controls.map(name);
    },
    seen: () => [...seen.slice(1), look()],
  };
})();
