// Turns vitest's JSON report into one of our result files:
//   node tools/vitest_result.mjs REPORT RESULT_FILE SUITE
import { readFileSync, writeFileSync } from 'node:fs';

const [report, resultFile, suite] = process.argv.slice(2);
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
  readFileSync(report, 'utf8'),
);
// A file that could not be loaded has failed without any of its tests.
const broken = testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0);
writeFileSync(
  resultFile,
  `${JSON.stringify({
    suite,
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + (numTodoTests ?? 0),
  })}\n`,
);
