// Ctrl-C in the cdktf CLI, typed or sent: Terraform ends as it does by itself, and gives its lock back.
// The CLI would kill it, and the lock would stay.
"use strict";

const childProcess = require("node:child_process");
const { writeSync } = require("node:fs");
const { children, send } = require("./children.cjs");

const STOPPED = 130; // by an interrupt, as a shell tells it
const CTRL_C = "\x03";
const ENDINGS = ["SIGINT", "SIGTERM", "SIGHUP"];
// npx hands on the interrupt that the terminal has sent to the CLI as well: the two are one.
const ONE_INTERRUPT_MS = 1000;
const LOOK_EVERY_MS = 100;

// The first one interrupts Terraform once, and whatever the CLI starts meanwhile; a second one ends
// all at once. Returns what tells whether one has come.
function stopOnInterrupt(sentences) {
  const interrupted = new Set();
  let since = null;
  let prompts = 0;
  let quietLooks = 0;
  let lastWord = null;

  function stop(signal) {
    if (since === null) {
      since = Date.now();
      // Nothing is approved before the first prompt, and a prompt reads single keys.
      const isAsking = process.stdin.isRaw && prompts === 1;
      const said = isAsking ? sentences.unchanged : sentences.stopped;
      process.exit = () => {}; // the CLI's own, as soon as one of several Terraforms has failed
      setInterval(() => look(said), LOOK_EVERY_MS);
      look(said);
    } else if (signal === "SIGINT" && Date.now() - since > ONE_INTERRUPT_MS) {
      children().forEach((pid) => send("SIGKILL", -pid, pid));
      end(sentences.forced);
    }
  }

  function look(said) {
    const running = children();
    for (const pid of running.filter((each) => !interrupted.has(each))) {
      interrupted.add(pid);
      send("SIGINT", pid);
    }
    quietLooks = running.length > 0 ? 0 : quietLooks + 1;
    if (quietLooks === 2) {
      end(said); // what Terraform said at its end has been shown by now
    }
  }

  const { exit, reallyExit } = process;
  function end(said) {
    lastWord = said;
    exit.call(process, STOPPED);
  }
  // The CLI draws its screen once more at its exit, after whoever listens to that.
  process.reallyExit = (code) => {
    if (lastWord) {
      try {
        writeSync(process.stderr.fd, `\n${lastWord}\n`);
      } catch {} // the terminal may be what has gone
    }
    reallyExit.call(process, code);
  };

  for (const ending of ENDINGS) {
    process.on(ending, stop);
  }
  const { on } = process;
  process.on = process.addListener = function (event, listener) {
    return ENDINGS.includes(event) ? this : on.call(this, event, listener);
  };

  // A terminal interrupts all that runs in it; Terraform in a session of its own, this file only.
  const { spawn } = childProcess;
  const terraform = process.env.TERRAFORM_BINARY_NAME || "terraform";
  childProcess.spawn = (file, given, options) =>
    spawn(file, given, file === terraform ? { ...options, detached: true } : options);

  // A prompt has Ctrl-C from the terminal as a key.
  const { setRawMode } = process.stdin;
  const read = (keys) => String(keys).includes(CTRL_C) && stop("SIGINT");
  if (setRawMode) {
    process.stdin.setRawMode = function (isRaw) {
      process.stdin.removeListener("data", read);
      if (isRaw) {
        prompts += 1;
        process.stdin.prependListener("data", read);
      }
      return setRawMode.call(this, isRaw);
    };
  }
  return () => since !== null;
}

module.exports = { stopOnInterrupt };
