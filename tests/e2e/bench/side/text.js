/** Cells of apache-arrow as the frame worker writes them, so that every contender can be held against the same text. */
import { Type } from 'apache-arrow'

const pad = (number, places) => String(number).padStart(places, '0')

function date(days) {
  return new Date(days * 86_400_000).toISOString().slice(0, 10)
}

function moment(ticks, places) {
  const unit = 10n ** BigInt(places)
  let seconds = ticks / unit
  let rest = ticks % unit
  if (rest < 0n) {
    seconds -= 1n
    rest += unit
  }
  const whole = new Date(Number(seconds) * 1000).toISOString()
  return `${whole.slice(0, 10)} ${whole.slice(11, 19)}.${pad(rest, places)}`
}

function decimal(words, at, scale) {
  let value = 0n
  for (let word = 3; word >= 0; word -= 1) value = (value << 32n) | BigInt(words[at * 4 + word])
  value = BigInt.asIntN(128, value)
  const digits = pad(value < 0n ? -value : value, scale + 1)
  const sign = value < 0n ? '-' : ''
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

function float(value) {
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value)
}

/** A function that gives the text of a row of a column; what is made once per column is made here. */
export function writer(vector) {
  const { type, data } = vector
  const batch = Math.max(1, data[0]?.length ?? 1)
  const place = (row) => {
    let which = Math.min(data.length - 1, Math.floor(row / batch))
    let start = which * batch
    while (row - start >= data[which].length) start += data[which++].length
    return [data[which], row - start]
  }
  const raw = (write) => (row) => {
    const [chunk, at] = place(row)
    return chunk.nullCount > 0 && !chunk.getValid(at) ? 'NULL' : write(chunk.values, at)
  }
  switch (type.typeId) {
    case Type.Decimal:
      return raw((values, at) => decimal(values, at, type.scale))
    case Type.Date:
      return raw((values, at) => date(values[at]))
    case Type.Timestamp:
      return raw((values, at) => moment(values[at], type.unit * 3))
    case Type.Float:
      return raw((values, at) => float(values[at]))
    case Type.Int:
      return raw((values, at) => String(values[at]))
    default:
      return (row) => {
        const value = vector.get(row)
        return value === null ? 'NULL' : String(value)
      }
  }
}
