// Waits until a URL answers 200: node tools/wait_ready.mjs URL SECONDS [PID]
// Gives up at once when the process PID is gone.
const [url, seconds, pid] = process.argv.slice(2);
const until = Date.now() + Number(seconds) * 1000;

function gone() {
  if (!pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch {
    return true;
  }
}

for (;;) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    if (answer.status === 200) process.exit(0);
  } catch {
    // not listening yet
  }
  if (gone() || Date.now() > until) process.exit(1);
  await new Promise((done) => setTimeout(done, 50));
}
