/** Five seconds of scrolling, a step in every frame; the times between frames. Runs in both pages. */
export async function frames(scroll) {
  const gaps = []
  const begun = await new Promise(requestAnimationFrame)
  let before = begun
  let top = 0
  while (before - begun < 5000) {
    top += 997
    scroll(top)
    const now = await new Promise(requestAnimationFrame)
    gaps.push(now - before)
    before = now
  }
  return gaps
}
