// A Terraform that was killed has failed. The CLI looks at its exit code alone, which a
// pseudo-terminal has as 0 beside the signal: it would tell that all is well.
"use strict";

const Module = require("node:module");

const PSEUDO_TERMINAL = "node-pty"; // part of the package's name, whoever publishes it
const KILLED = 128; // and the signal, as a shell tells it

// The CLI's pseudo-terminals, as soon as it loads them.
function failWhenKilled() {
  const { _load } = Module;
  const known = new Set();
  Module._load = function (name, ...rest) {
    const loaded = _load.call(this, name, ...rest);
    if (name.includes(PSEUDO_TERMINAL) && loaded.spawn && !known.has(loaded)) {
      known.add(loaded);
      const { spawn } = loaded;
      loaded.spawn = (...given) => tellingSignals(spawn(...given));
    }
    return loaded;
  };
}

function tellingSignals(terminal) {
  const { onExit } = terminal;
  const value = (listener) =>
    onExit(({ exitCode, signal }) =>
      listener({ exitCode: exitCode || (signal ? KILLED + signal : 0), signal }),
    );
  return Object.defineProperty(terminal, "onExit", { value });
}

module.exports = { failWhenKilled };
