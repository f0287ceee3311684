/** Changing as little of the page as possible, so that focus and selection stay where they are. */

/** Makes the children of `shown` like those of `wanted`, keeping the nodes that are alike. */
export function reconcile(shown, wanted) {
  const old = [...shown.childNodes];
  const fresh = [...wanted.childNodes];
  let same = 0;
  while (same < old.length && same < fresh.length && old[same].isEqualNode(fresh[same])) {
    same += 1;
  }
  const [first, next] = [old[same], fresh[same]];
  if (first && next && grows(first, next)) {
    reconcile(first, next);
    same += 1;
  }
  old.slice(same).forEach((node) => node.remove());
  shown.append(...fresh.slice(same));
}

function grows(first, next) {
  return first.nodeType === Node.ELEMENT_NODE && first.cloneNode().isEqualNode(next.cloneNode());
}
