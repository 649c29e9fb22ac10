// Loaded into the cdktf CLI by tools/cdktf_cli.py: when the CLI has failed, asks why, at its end.
"use strict";

const { spawnSync } = require("node:child_process");
const { writeSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

const STOPPED_BY_SIGNAL = 128;
const LONGEST_STOP_MS = 20_000;
// How the CLI's menu ends where no terminal is; it tells that three times, with its own code's lines.
const NOBODY_ANSWERS = "Raw mode is not supported";

// Terraform waits for the answer and holds the lock of the state, which it only gives back when it
// is interrupted: left alone, it ends with the terminal that the CLI has made for it, and the lock
// stays.
function stopTerraform() {
  for (const pid of children()) {
    process.kill(pid, "SIGINT");
  }
  const end = Date.now() + LONGEST_STOP_MS;
  while (children().length > 0 && Date.now() < end) {
    spawnSync("sleep", ["0.1"]);
  }
}

function children() {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,stat=,comm="], { encoding: "utf8" });
  return (stdout ?? "")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, state]) => Number(parent) === process.pid && !state.startsWith("Z"))
    .filter(([, , , name]) => name !== "ps")
    .map(([pid]) => Number(pid));
}

if (isMainThread) {
  const [command, ...given] = JSON.parse(process.env.NETFLUX_DIAGNOSIS);
  const { NETFLUX_WARNED: warned, NETFLUX_UNAPPROVED: unapproved } = process.env;
  delete process.env.NETFLUX_DIAGNOSIS;
  delete process.env.NETFLUX_WARNED;
  delete process.env.NETFLUX_UNAPPROVED;
  let isExplained = false;
  for (const stream of process.stdin.isTTY ? [] : [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (text, ...rest) => {
      if (!isExplained && String(text).includes(NOBODY_ANSWERS)) {
        isExplained = true;
        stopTerraform();
        writeSync(process.stderr.fd, `\n${unapproved}\n`);
      }
      return write(isExplained ? "" : text, ...rest);
    };
  }
  // Node itself would tell such an error after all else, so the diagnosis would not come last.
  process.on("uncaughtException", (error) => {
    console.error(error);
    process.exit(1);
  });
  process.on("exit", (code) => {
    if (code > 0 && code < STOPPED_BY_SIGNAL && !isExplained) {
      spawnSync(command, given, { stdio: ["ignore", "inherit", "inherit"] });
    } else if (code === 0 && warned) {
      writeSync(process.stderr.fd, `\n${warned}`); // once more, as pages of plan came after it
    }
  });
}
