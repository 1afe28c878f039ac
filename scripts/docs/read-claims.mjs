/**
 * What a page says about its surroundings that can be checked.
 *
 * @typedef {object} Claims
 * @property {readonly string[]} links - relative targets, without anchors
 * @property {readonly string[]} commands - names behind `npm run`
 */

/**
 * Reads the relative links and the `npm run` commands of a Markdown page.
 *
 * @param {string} page
 * @returns {Claims}
 */
export function readClaims(page) {
  const targets = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target.replace(/#.*$/, ''));
  const links = targets.filter((target) => target !== '' && !/^[a-z]+:/i.test(target));
  const commands = [...page.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name);
  return { links: [...new Set(links)], commands: [...new Set(commands)] };
}
