// What takes longest and is left out of `npm test`, so that it stays under twenty minutes on two cores; it runs in
// `npm test -- --all`, which CI runs. Here are whole programs begun again and again, hostile files of full size, kills, and
// rooms of the window off its main path; what a change breaks first is not here.

/** Files of the group `parts`. */
export const longParts: readonly string[] = [
  'test/api/hostile-clients.test.ts',
  'test/app/both-doors.test.ts',
  'test/app/breaks.test.ts',
  'test/bad-files/cli.test.ts',
  'test/cli/clouds.test.ts',
  'test/cli/connections.test.ts',
  'test/cli/documents.test.ts',
  'test/cli/experts.test.ts',
  'test/cli/full.test.ts',
  'test/cli/judges.test.ts',
  'test/cli/little-memory.test.ts',
  'test/cli/many-rows.test.ts',
  'test/cli/models.test.ts',
  'test/cli/multi-task.test.ts',
  'test/cli/no-home.test.ts',
  'test/cli/policy.test.ts',
  'test/cli/reward.test.ts',
  'test/cli/storage.test.ts',
  'test/cli/teaching.test.ts',
  'test/cli/tuned.test.ts',
  'test/cli/weights.test.ts',
  'test/golden-bf16.test.ts',
  'test/golden-simulated.test.ts',
  'test/killtest/killtest.test.ts',
  'test/package/linux.test.ts',
  'test/patterns/linear-patterns.test.ts',
  'test/resources/starter.test.ts',
  'test/serve/hostile-clients.test.ts',
  'test/serve/hostile-files.test.ts',
  'test/serve/hostile-models.test.ts',
  'test/services/reading/xlsx/hostile-xlsx.test.ts',
  'test/services/tokens/long-text.test.ts',
  'test/workshop/hostile.test.ts',
  'test/workshop/kills.test.ts'
]

/** Files of the group `window`. */
export const longWindow: readonly string[] = [
  'test/e2e/access.test.ts',
  'test/e2e/at-service.test.ts',
  'test/e2e/command-line-runs.test.ts',
  'test/e2e/compare-export.test.ts',
  'test/e2e/documents.test.ts',
  'test/e2e/drops.test.ts',
  'test/e2e/electron.test.ts',
  'test/e2e/errors.test.ts',
  'test/e2e/foreign-text.test.ts',
  'test/e2e/handed.test.ts',
  'test/e2e/leak.test.ts',
  'test/e2e/lives.test.ts',
  'test/e2e/own-answers.test.ts',
  'test/e2e/own-files.test.ts',
  'test/e2e/own-settings.test.ts',
  'test/e2e/packaged.test.ts',
  'test/e2e/preferring.test.ts',
  'test/e2e/projects.test.ts',
  'test/e2e/queue.test.ts',
  'test/e2e/run-rooms.test.ts',
  'test/e2e/storage.test.ts',
  'test/e2e/updates.test.ts'
]
