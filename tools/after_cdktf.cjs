// Loaded into the cdktf CLI by tools/cdktf_cli.py: when the CLI has failed, asks why, at its end; and
// when it is to stop, lets Terraform end as it does by itself.
"use strict";

const childProcess = require("node:child_process");
const { existsSync, readFileSync, readdirSync, writeSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

const { spawnSync } = childProcess;
const STOPPED_BY_SIGNAL = 128;
const SIGINT = 2;
const CTRL_C = "\x03";
const ENDINGS = ["SIGINT", "SIGTERM", "SIGHUP"];
// npx hands on the interrupt that the terminal has sent to the CLI as well: the two are one.
const ONE_INTERRUPT_MS = 1000;
const LOOK_EVERY_MS = 100;
const NOTHING_CHANGED = "cdktf: stopped; nothing is changed, and no lock and no process of it is left";
const STOPPED = "cdktf: stopped; no lock and no process of it is left";
const FORCED = "cdktf: stopped at once; a lock may be left, and the next deploy says how to release it";
const LONGEST_STOP_MS = 20_000;
// How the CLI's menu ends where no terminal is; it tells that three times, with its own code's lines.
const NOBODY_ANSWERS = "Raw mode is not supported";
const APPROVE =
  "cdktf: nobody can approve here, so nothing is changed; type it in a terminal, or set" +
  " CDKTF_AUTO_APPROVE=true\n";

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

// The first Ctrl-C interrupts Terraform once, which then ends as it does by itself and gives its lock
// back; the CLI would kill it, and the lock would stay. Whatever the CLI starts meanwhile is
// interrupted too. A second Ctrl-C ends all at once.
function stopOnInterrupt() {
  const interrupted = new Set();
  let since = null;
  let prompts = 0;
  let quietLooks = 0;
  let lastWord = null;

  function stop(signal) {
    if (since === null) {
      since = Date.now();
      // Nothing is approved before the first prompt, and a prompt reads single keys.
      const said = process.stdin.isRaw && prompts === 1 ? NOTHING_CHANGED : STOPPED;
      process.exit = () => {}; // the CLI's own, as soon as one of several Terraforms has failed
      setInterval(() => look(said), LOOK_EVERY_MS);
      look(said);
    } else if (signal === "SIGINT" && Date.now() - since > ONE_INTERRUPT_MS) {
      children().forEach((pid) => send("SIGKILL", -pid, pid));
      end(FORCED);
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
    exit.call(process, STOPPED_BY_SIGNAL + SIGINT);
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

// To the first of the targets that is there: a group of processes, or one.
function send(signal, ...targets) {
  for (const target of targets) {
    try {
      return process.kill(target, signal);
    } catch {} // it leads no group, or has ended
  }
}

function children() {
  return processes()
    .filter(([, parent, state]) => Number(parent) === process.pid && !state.startsWith("Z"))
    .map(([pid]) => Number(pid));
}

// The id, the parent's id and the state of each; Linux may be without `ps`, and has them as files.
function processes() {
  if (existsSync("/proc/self/stat")) {
    return readdirSync("/proc").filter(Number).flatMap(processOfLinux);
  }
  const list = ["-A", "-o", "pid=,ppid=,stat="];
  const { pid: itself, stdout } = spawnSync("ps", list, { encoding: "utf8" });
  return (stdout ?? "")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([pid, parent]) => parent && Number(pid) !== itself);
}

function processOfLinux(pid) {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
    return [[pid, parent, state]];
  } catch {
    return []; // it has ended meanwhile
  }
}

if (isMainThread) {
  const [command, ...given] = JSON.parse(process.env.NETFLUX_DIAGNOSIS);
  const warned = process.env.NETFLUX_WARNED;
  delete process.env.NETFLUX_DIAGNOSIS;
  delete process.env.NETFLUX_WARNED;
  const isStopping = stopOnInterrupt();
  let isExplained = false;
  for (const stream of process.stdin.isTTY ? [] : [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (text, ...rest) => {
      if (!isExplained && String(text).includes(NOBODY_ANSWERS)) {
        isExplained = true;
        stopTerraform();
        writeSync(process.stderr.fd, `\n${APPROVE}`);
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
      spawnSync(command, given, { stdio: ["ignore", "inherit", "inherit"] });
    } else if (code === 0 && warned) {
      writeSync(process.stderr.fd, `\n${warned}`); // once more, as pages of plan came after it
    }
  });
}
