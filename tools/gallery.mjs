// What index.html says, put in when the page is built (tools/finish.mjs): words from the catalogs, and the gallery's
// cards and groups from static/templates/index.yaml. All languages are there, one <span> for each, because all this
// is read and used before the page's code has come; the stylesheet shows the one of <html lang>.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** The catalogs of static/locales, English first: [{ file, tag, texts }]. */
export function languages(root) {
  const files = readdirSync(join(root, "static/locales")).sort((a, b) => (b === "en.yaml") - (a === "en.yaml") || (a < b ? -1 : 1));
  return files.map((file) => {
    const texts = parse(readFileSync(join(root, "static/locales", file), "utf8"));
    return { file, tag: texts["language.tag"], texts };
  });
}

/** The rules that show, of words in all languages, those of <html lang>. */
export function onlyOneLanguage(root) {
  const others = languages(root).map(({ tag }) => `html[lang="${tag}"] .studio-in:not([lang="${tag}"])`);
  return `${others.join(", ")} { display: none; }`;
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

/** The built index.html of this one: {gallery.title} is a message, {all:cards} and the like are lists. */
export function fillIn(html, root) {
  const read = (path) => parse(readFileSync(join(root, "static", path), "utf8"));
  const catalogs = languages(root);
  const badges = read("badges.yaml");
  const templates = read("templates/index.yaml");

  const say = (id, values = {}) =>
    catalogs.map(({ file, tag, texts }) => {
      const text = texts[id];
      if (typeof text !== "string") throw new Error(`static/locales/${file}: no single text for ${id}, which index.html shows`);
      const whole = text.replace(/\{(\w+)\}/g, (_, value) => values[value]);
      return `<span class="studio-in" lang="${tag}">${escaped(whole)}</span>`;
    }).join("");

  const badge = (kind) => {
    const [letters, colour] = badges[kind] ?? [];
    if (!letters) throw new Error(`static/badges.yaml: no badge for ${kind}, which static/templates/index.yaml shows`);
    return `<span class="studio-badge ${colour}" title="${kind}"><span aria-hidden="true">${letters}</span><span class="studio-unseen">${kind}</span></span>`;
  };

  const card = ({ id, group, kinds }) => {
    const text = `template.${id.replaceAll("-", "_")}`;
    return (
      `<li data-of="${group}"><button type="button" class="studio-card" data-template="${id}">` +
      `<span class="studio-card__head">${kinds.map(badge).join("")}<span class="studio-card__title">${say(text)}</span></span>` +
      `<span class="studio-card__about">${say(`${text}_about`)}</span></button></li>`
    );
  };

  const count = (group) => templates.filter((template) => template.group === group).length;
  const groups = [...new Set(templates.map(({ group }) => group))].sort((a, b) => count(b) - count(a)); // the fullest first
  const chip = (group, label, on) =>
    `<button type="button" class="studio-chip${on ? " studio-chip--on" : ""}" data-group="${group}" aria-pressed="${on}">${label}</button>`;

  const lists = {
    languages: () => catalogs.map(({ tag }) => tag).join(" "),
    cards: () => templates.map(card).join("\n"),
    groups: () =>
      [
        chip("", say("gallery.all", { n: templates.length }), true),
        ...groups.map((group) => chip(group, say(`template.group_${group}`), false)),
      ].join("\n"),
  };
  return html
    .replace(/\{all:(\w+)\}/g, (_, list) => lists[list]())
    .replace(/\{([a-z]+\.[a-z_]+)\}/g, (_, id) => say(id));
}
