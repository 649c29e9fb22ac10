// Loaded into the cdktf CLI by tools/cdktf_cli.py: what its log has of errors, said once, and nothing of
// what Node deprecates in it (DEP0040, punycode): the CLI gets no more versions, and its lock has Node's.
"use strict";

const { writeSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

// The CLI logs what main.py prints on its error output, piece by piece and with a timestamp, and
// says all of it again where main.py fails. Its log has no other level than INFO: it sets
// CDKTF_LOG_LEVEL before it configures the log, which takes that away again (cdktf 0.21.0).
const LOGGED = /^(?:\x1b\[91m)?\[\d{4}-[-:.\dT]+\] \[ERROR\] default - (?:\x1b\[39m)?/;
const SAID_AGAIN = "Command output on stderr:";

process.noDeprecation = true;

if (isMainThread) {
  let held = "";
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (text, ...rest) => {
      if (LOGGED.test(text)) {
        held += String(text).replace(LOGGED, "").replace(/\n$/, "");
        return true;
      }
      if (String(text).includes(SAID_AGAIN)) {
        held = "";
      }
      return write(text, ...rest);
    };
  }
  process.on("exit", () => {
    if (held.trim()) {
      writeSync(process.stderr.fd, `${held.trimEnd()}\n`);
    }
  });
}
