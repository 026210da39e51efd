/** The frame worker as the page ships it, spoken to as the page does. */

export class Frame {
  static #next = 1
  #worker
  #waiting = new Set()

  static async start(program) {
    const frame = new Frame()
    frame.#worker = new Worker(program, { type: 'module' })
    frame.#worker.onmessage = (event) => {
      const told = JSON.parse(event.data)
      for (const wait of [...frame.#waiting]) wait(told)
    }
    frame.#worker.onerror = (event) => frame.#fail(event.message)
    await frame.told((told) => told === 'Ready')
    return frame
  }

  #fail(why) {
    for (const wait of [...this.#waiting]) wait({ Crashed: { detail: why } })
  }

  /** Waits for a message that `wanted` gives something for. */
  told(wanted) {
    return new Promise((resolve, reject) => {
      const wait = (told) => {
        if (told.Crashed) return reject(new Error(told.Crashed.detail))
        const failed = told.Progress?.progress.phase.Failed
        if (failed) return reject(new Error(JSON.stringify(failed)))
        const found = wanted(told)
        if (found === undefined || found === false) return
        this.#waiting.delete(wait)
        resolve(found)
      }
      this.#waiting.add(wait)
    })
  }

  ask(ask, memory) {
    const text = JSON.stringify(ask)
    if (memory) this.#worker.postMessage([text, memory], [memory])
    else this.#worker.postMessage(text)
  }

  /** Opens bytes and asks for the first cells at once; they are told when they are there. */
  async open(memory, rows, columns) {
    const frame = Frame.#next++
    const size = memory.byteLength
    const window = this.window(frame, rows)
    const whole = this.told((told) => told.Progress?.progress.phase === 'Complete' && told.Progress.frame === frame && told.Progress.progress)
    this.ask({ Open: { frame, source: { Memory: { size } }, limit: null } }, memory)
    this.ask({ Window: { frame, rows: { start: 0, end: rows }, pinned: 0, columns: { start: 0, end: columns } } })
    return { frame, cells: await window, whole }
  }

  window(frame, rows, epoch = 0) {
    return this.told((told) => {
      const window = told.Window?.frame === frame && told.Window.window
      return window && window.epoch === epoch && window.rows.end >= Math.min(rows, window.total) && { ...window, text: texts(window) }
    })
  }

  async arrange(frame, epoch, view, rows) {
    const window = this.window(frame, rows, epoch)
    this.ask({ Arrange: { frame, epoch, view } })
    return window
  }

  async profile(frame, columns) {
    const answers = Array.from({ length: columns }, (_, column) => {
      const ticket = Frame.#next++
      const answer = this.told((told) => told.Answer?.ticket === ticket && told.Answer.answer.Profile)
      this.ask({ Question: { frame, ticket, question: { Profile: { column } } } })
      return answer
    })
    return Promise.all(answers)
  }

  release(frame) {
    this.ask({ Release: { frame } })
  }
}

function texts(window) {
  const wide = window.pinned + window.columns.end - window.columns.start
  const rows = []
  for (let at = 0; at < window.cells.length; at += wide) {
    rows.push(window.cells.slice(at, at + wide).map((cell) => (cell.k === '0' ? 'NULL' : (cell.t ?? ''))))
  }
  return rows
}
