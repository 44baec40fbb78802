'use strict';

// faint finds the visible text of a page whose contrast with what is behind it is below
// a ratio, by the formula of WCAG 2: text, what fields hold, placeholders, and what
// style sheets put before and after elements. It runs in the page.
function faint(ratio) {
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

  function remembered(find) {
    const known = new Map();
    return (key) => {
      if (!known.has(key)) known.set(key, find(key));
      return known.get(key);
    };
  }

  // paint is a colour of any notation as [red, green, blue, alpha], alpha 0 to 1.
  const paint = remembered((colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  });

  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];

  function luminance(colour) {
    const [r, g, b] = colour.slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(a, b) {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  }

  // behind is what an element's text stands on: its background over those of its ancestors.
  const behind = remembered((element) => {
    if (!element) return paint('Canvas');
    const style = getComputedStyle(element);
    if (style.backgroundImage !== 'none' && !style.backgroundImage.startsWith('url("data:')) {
      throw new Error(`what stands on ${style.backgroundImage} cannot be judged`);
    }
    const own = paint(style.backgroundColor);
    return own[3] === 1 ? own : over(own, behind(element.parentElement));
  });

  // opacity is how much of an element shows, through all that it lies in.
  const opacity = remembered((element) =>
    (element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1));

  function judge(element, colour, text) {
    const ground = behind(element);
    const [r, g, b, a] = paint(colour);
    const found = contrast(over([r, g, b, a * opacity(element)], ground), ground);
    if (found >= ratio) return;
    const place = element.closest('[id], [data-action], [data-rule], [data-call]') ?? element;
    results.push(`${found.toFixed(2)}: "${text.trim().slice(0, 40)}" in <${element.localName} class="${element.className}"> in #${place.id}`);
  }

  const isVisible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const results = [];

  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() === '' || element.localName === 'option' || !isVisible(element)) continue;
      judge(element, getComputedStyle(element).color, node.data);
    }
  }

  function fields() {
    for (const field of document.querySelectorAll('input, select, textarea')) {
      if (!isVisible(field)) continue;
      judge(field, getComputedStyle(field).color, field.value);
      if (field.placeholder) judge(field, getComputedStyle(field, '::placeholder').color, field.placeholder);
    }
  }

  function generated() {
    for (const element of document.querySelectorAll('body *')) {
      for (const part of ['::before', '::after']) {
        const style = getComputedStyle(element, part);
        if (/^"\s*\S/.test(style.content) && isVisible(element)) judge(element, style.color, style.content);
      }
    }
  }

  texts();
  fields();
  generated();
  return results;
}

module.exports = { faint };
