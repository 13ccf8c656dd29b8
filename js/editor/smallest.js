/** The one change that turns a document into another: what lies between the first and the last difference. */
export function smallestChange(before, after) {
  const old = before.toString();
  const now = after.toString();
  if (old === now) return null;
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === now.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && old.charCodeAt(old.length - 1 - end) === now.charCodeAt(now.length - 1 - end)) end++;
  return { from: start, to: old.length - end, insert: after.slice(start, now.length - end) };
}
