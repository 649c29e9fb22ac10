// Loaded into the cdktf CLI by tools/cdktf_cli.py: when the CLI has failed, asks why, at its end.
"use strict";

const { spawnSync } = require("node:child_process");
const { writeSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

const STOPPED_BY_SIGNAL = 128;
// How the CLI's menu ends where no terminal is; it tells that three times, with its own code's lines.
const NOBODY_ANSWERS = "Raw mode is not supported";
const APPROVE =
  "cdktf: nobody can approve here, so nothing is changed; type it in a terminal, or set" +
  " CDKTF_AUTO_APPROVE=true\n";

if (isMainThread) {
  const [command, ...given] = JSON.parse(process.env.NETFLUX_DIAGNOSIS);
  delete process.env.NETFLUX_DIAGNOSIS;
  let isExplained = false;
  for (const stream of process.stdin.isTTY ? [] : [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (text, ...rest) => {
      if (!isExplained && String(text).includes(NOBODY_ANSWERS)) {
        isExplained = true;
        writeSync(process.stderr.fd, `\n${APPROVE}`);
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
    }
  });
}
