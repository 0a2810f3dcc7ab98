// Lint rules: the recommended sets, and the few that hold the house's habits.
import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'out',
      'addon/build',
      'addon/build-elsewhere',
      'dist',
      'test/golden',
      'test/output',
      'resources/starter/model'
    ]
  },
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } }
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error'
    }
  },
  {
    // a million rows as arguments overflow the stack: lists of data are added to one by one
    files: ['main/services/{reading,dataset,tokens}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression:matches([callee.property.name=/^(push|unshift)$/], [callee.object.name="Math"]) > SpreadElement',
          message: 'A list of data as arguments overflows the stack: go through it.'
        }
      ]
    }
  }
)
