// Loaded into the cdktf CLI by tools/cdktf_cli.py, with what it is to say: when the CLI has failed, asks
// why, at its end; when it cannot ask a person or is to stop, lets Terraform end as it does by itself.
"use strict";

const { spawnSync } = require("node:child_process");
const { writeSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");
const { children, send } = require("./children.cjs");
const { stopOnInterrupt } = require("./interrupt.cjs");
const { failWhenKilled } = require("./killed.cjs");

const STOPPED_BY_SIGNAL = 128;
const LONGEST_STOP_MS = 20_000;
// How the CLI's menu ends where no terminal is; it tells that three times, with its own code's lines.
const NOBODY_ANSWERS = "Raw mode is not supported";
const PROMPT = "Please review the diff output above";
// What is larger than the terminal is drawn from its top, again and again; else only the prompt is.
const FROM_ITS_TOP = "\x1b[2J";

// Terraform waits for the answer and holds the lock of the state, which it only gives back when it
// is interrupted: left alone, it ends with the terminal that the CLI has made for it, and the lock
// stays.
function stopTerraform() {
  children().forEach((pid) => send("SIGINT", pid));
  const end = Date.now() + LONGEST_STOP_MS;
  while (children().length > 0 && Date.now() < end) {
    spawnSync("sleep", ["0.1"]);
  }
}

// Pages of plan stand between what was said at first and the prompt, if it has not been cleared.
function warnAtPrompt(warned) {
  const write = process.stdout.write.bind(process.stdout);
  let isTold = false;
  process.stdout.write = (drawn, ...rest) => {
    const text = String(drawn);
    if (!text.includes(PROMPT) || (isTold && !text.includes(FROM_ITS_TOP))) {
      return write(drawn, ...rest);
    }
    isTold = true;
    return write(text.replace(PROMPT, () => `${warned}${PROMPT}`), ...rest);
  };
}

if (isMainThread) {
  const { warned, diagnosis, sentences } = JSON.parse(process.env.NETFLUX_HOOKS);
  delete process.env.NETFLUX_HOOKS;
  const isStopping = stopOnInterrupt(sentences);
  failWhenKilled();
  let isExplained = false;
  if (process.stdin.isTTY && warned) {
    warnAtPrompt(warned);
  }
  for (const stream of process.stdin.isTTY ? [] : [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (text, ...rest) => {
      if (!isExplained && String(text).includes(NOBODY_ANSWERS)) {
        isExplained = true;
        stopTerraform();
        writeSync(process.stderr.fd, `\n${sentences.unapproved}\n`);
      }
      return write(isExplained ? "" : text, ...rest);
    };
  }
  // Node itself would tell such an error after all else, so the diagnosis would not come last.
  process.on("uncaughtException", (error) => {
    if (isStopping()) {
      return; // such as a terminal that has gone
    }
    console.error(error);
    process.exit(1);
  });
  process.on("exit", (code) => {
    if (code > 0 && code < STOPPED_BY_SIGNAL && !isExplained) {
      const [command, ...given] = diagnosis;
      spawnSync(command, given, { stdio: ["ignore", "inherit", "inherit"] });
    } else if (code === 0 && warned) {
      writeSync(process.stderr.fd, `\n${warned}`); // once more, as pages of plan came after it
    }
  });
}
