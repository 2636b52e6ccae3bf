import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

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
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length>1]",
          message: "A local Date reads the reader's zone: use time/instants.ts.",
        },
        {
          selector: 'MemberExpression[property.name=/^(get|set)(Hours|Minutes|Date|Day|Month|FullYear)$/]',
          message: "These read the reader's zone: use time/instants.ts.",
        },
      ],
    },
  },
  { files: ['e2e/**'], rules: { 'no-console': 'off' } },
)
