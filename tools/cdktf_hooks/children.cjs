// The processes that the cdktf CLI has started, which are its Terraforms.
"use strict";

const { spawnSync } = require("node:child_process");
const { existsSync, readFileSync, readdirSync } = require("node:fs");

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

// To the first of the targets that is there: a group of processes, or one.
function send(signal, ...targets) {
  for (const target of targets) {
    try {
      return process.kill(target, signal);
    } catch {} // it leads no group, or has ended
  }
}

module.exports = { children, send };
