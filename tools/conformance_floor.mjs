// Holds a public suite's score against tests/conformance/floor.json, which only goes up.
//   node tools/conformance_floor.mjs SCORE.json FLOOR.json RESULT.json [--raise]
// Cases below the floor count as failed, others that don't pass as skipped. --raise writes a better
// score into the floor file.
import { readFileSync, writeFileSync } from 'node:fs';

const [scoreFile, floorFile, resultFile, raise] = process.argv.slice(2);
const score = JSON.parse(readFileSync(scoreFile, 'utf8'));
const floors = JSON.parse(readFileSync(floorFile, 'utf8'));
const floor = floors[score.suite] ?? { passed: 0, passed_non_null: 0 };
const missing = Math.max(0, floor.passed - score.passed, floor.passed_non_null - score.passed_non_null);
writeFileSync(
  resultFile,
  `${JSON.stringify({
    suite: score.suite,
    passed: score.passed,
    failed: missing,
    skipped: Math.max(0, score.total - score.passed - missing),
  })}\n`,
);
if (missing > 0) {
  console.error(`${score.suite}: ${score.passed} passed (non-null ${score.passed_non_null}); the floor is ${floor.passed} (${floor.passed_non_null})`);
  process.exit(1);
}
const better = score.passed > floor.passed || score.passed_non_null > floor.passed_non_null;
if (better && raise === '--raise') {
  floors[score.suite] = {
    passed: score.passed,
    total: score.total,
    passed_non_null: score.passed_non_null,
  };
  const lines = Object.entries(floors).map(([suite, entry]) => {
    const members = Object.entries(entry).map(([key, value]) => `"${key}": ${value}`);
    return `  "${suite}": {${members.join(', ')}}`;
  });
  writeFileSync(floorFile, `{\n${lines.join(',\n')}\n}\n`);
} else if (better) {
  console.log(`${score.suite}: better than the floor (${floor.passed}); raise it with --raise`);
}
