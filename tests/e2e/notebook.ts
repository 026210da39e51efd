/** The notebook as a user has it: its fields, which are editors once those are loaded. */
import type { Locator, Page } from '@playwright/test'
import { expect } from './world.ts'

/** The text of a cell. */
export function textOf(page: Page, place: number, word = 'Cell'): Locator {
  return page.getByRole('textbox', { name: `${word} ${place}`, exact: true })
}

/** Goes into a cell's text, once its editor is there, and marks all of it. */
async function enter(page: Page, field: Locator): Promise<void> {
  await expect(field).toHaveAttribute('contenteditable', 'true')
  await field.click()
  await page.keyboard.press('Control+A')
}

/** Puts a text into a cell, in place of what is there; completion that opens by that is put away. */
export async function write(page: Page, place: number, text: string, word = 'Cell'): Promise<void> {
  const field = textOf(page, place, word)
  await enter(page, field)
  if (text === '') await page.keyboard.press('Delete')
  else await page.keyboard.insertText(text)
  await page.keyboard.press('Escape')
  await expect.poll(async () => (await lines(field)).join('\n')).toBe(text)
}

/** Types a text into a cell as fingers do, in place of what is there. */
export async function type(page: Page, place: number, text: string): Promise<void> {
  await enter(page, textOf(page, place))
  await page.keyboard.type(text)
}

/** The lines of a cell's text, without what the editor tells behind them. */
export async function lines(field: Locator): Promise<string[]> {
  return field.locator('.cm-line').evaluateAll((found) =>
    found.map((line) => {
      const copy = line.cloneNode(true) as HTMLElement
      copy.querySelectorAll('.cm-hint').forEach((hint) => hint.remove())
      return copy.textContent ?? ''
    }),
  )
}

/** Waits until a cell holds a text. */
export async function holds(page: Page, place: number, text: string): Promise<void> {
  await expect.poll(async () => (await lines(textOf(page, place))).join('\n')).toBe(text)
}
