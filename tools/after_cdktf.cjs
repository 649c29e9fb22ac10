// Loaded into the cdktf CLI by tools/cdktf_cli.py: when the CLI has failed, asks why, at its end.
"use strict";

const { spawnSync } = require("node:child_process");
const { isMainThread } = require("node:worker_threads");

const STOPPED_BY_SIGNAL = 128;

if (isMainThread) {
  const [command, ...given] = JSON.parse(process.env.NETFLUX_DIAGNOSIS);
  delete process.env.NETFLUX_DIAGNOSIS;
  // Node itself would tell such an error after all else, so the diagnosis would not come last.
  process.on("uncaughtException", (error) => {
    console.error(error);
    process.exit(1);
  });
  process.on("exit", (code) => {
    if (code > 0 && code < STOPPED_BY_SIGNAL) {
      spawnSync(command, given, { stdio: ["ignore", "inherit", "inherit"] });
    }
  });
}
