import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

const SYNTAX = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length>1]",
    message: "A local Date reads the reader's zone: use time/instants.ts.",
  },
  {
    selector: 'MemberExpression[property.name=/^(get|set)(Hours|Minutes|Date|Day|Month|FullYear)$/]',
    message: "These read the reader's zone: use time/instants.ts.",
  },
]
/** What belongs to no venue is told in UTC: who cuts its text shows nobody's clock. */
const CUT = ['0, 10', '0, 16', '11, 13', '11, 16'].map((places) => {
  const [from, to] = places.split(', ')
  return {
    selector: `CallExpression[callee.property.name=/^(slice|substring)$/][arguments.0.value=${from}][arguments.1.value=${to}]`,
    message: 'A date or time is cut from its text only in time/: use dateOf and timeOf.',
  }
})

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/api/openapi.gen.d.ts', 'e2e/shots'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      // The content security policy forbids them in markup.
      'svelte/no-inline-styles': 'error',
      'svelte/no-at-html-tags': 'error',
      // Those are states of pages; here addresses are values.
      'svelte/prefer-svelte-reactivity': 'off',
      // Our router takes plain links; this rule is SvelteKit's.
      'svelte/no-navigation-without-resolve': 'off',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...SYNTAX, ...CUT],
    },
  },
  { files: ['src/time/**', '**/*.test.ts'], rules: { 'no-restricted-syntax': ['error', ...SYNTAX] } },
  { files: ['e2e/**'], rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', ...SYNTAX] } },
)
