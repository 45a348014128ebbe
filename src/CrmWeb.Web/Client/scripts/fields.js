// What only works with scripts is hidden until they run.
export function fill(root) {
  for (const each of root.querySelectorAll('[data-reveal][hidden], [data-copy][hidden]')) each.hidden = false;
}
