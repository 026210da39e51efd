/** A canvas grid over the same text, scrolled as the page's grid is. */
import { ListGrid, data } from 'cheetah-grid'
import { frames } from './frames.js'
import { writer } from './text.js'

export async function scrolled(table) {
  const parent = document.createElement('div')
  parent.style.cssText = 'position:absolute;inset:0;width:1400px;height:700px'
  document.body.replaceChildren(parent)
  const fields = table.schema.fields
  const columns = fields.map((_, at) => writer(table.getChildAt(at)))
  const header = fields.map((field, at) => ({ caption: field.name, width: 140, field: ({ row }) => columns[at](row) }))
  const source = new data.DataSource({ get: (row) => ({ row }), length: table.numRows })
  const grid = new ListGrid({ parentElement: parent, header, frozenColCount: 1, defaultRowHeight: 28 })
  grid.dataSource = source
  await new Promise((resolve) => setTimeout(resolve, 500))
  const found = await frames((top) => {
    grid.scrollTop = top
  })
  grid.dispose()
  parent.remove()
  return found
}
