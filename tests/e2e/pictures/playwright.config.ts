/** Takes the README's pictures: `npx playwright test --config pictures/playwright.config.ts`, with the variables of `built.ts`. */
import base from '../playwright.config.ts'

export default { ...base, testDir: '.', testMatch: 'readme.ts', reporter: 'list' }
