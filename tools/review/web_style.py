"""The styles of the review's page: light and dark, on a phone, at a desk and on paper."""

# The colours are said once for light and once for dark. A test holds that text and its ground are
# told apart as WCAG 2.2 wants it (4.5 to 1), https://www.w3.org/TR/WCAG22/#contrast-minimum
STYLE = """
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --card: #ffffff; --line: #d5d9e0; --ink: #1b1f27; --quiet: #565f6e;
  --link: #0a58b8; --error: #a8151b; --error-ground: #fde9e8; --warning: #7a4a00;
  --warning-ground: #fdf0d2; --note: #0b5688; --note-ground: #e3f1fb; --accepted: #4c5563;
  --accepted-ground: #e9ecf0; --comes: #106033; --comes-ground: #e2f5e8; --goes: #9a1c22;
  --goes-ground: #fcebea;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #11141a; --card: #1a1f27; --line: #363e4a; --ink: #e5e8ee; --quiet: #a3acba;
    --link: #82b7ff; --error: #ff9d98; --error-ground: #451a1d; --warning: #f3c369;
    --warning-ground: #3f2e0c; --note: #8fcbf5; --note-ground: #12344b; --accepted: #bac2cf;
    --accepted-ground: #2c333e; --comes: #86dba2; --comes-ground: #14351f; --goes: #ffa5a0;
    --goes-ground: #421c1e;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  max-width: 64rem; margin: 0 auto; padding: 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 0; font-size: 1.2rem; line-height: 1.3; }
main > h2 { margin: 2rem 0 .5rem; }
h3, h4 { margin: 0; font-size: 1rem; font-weight: 600; }
p { margin: .5rem 0; }
a { color: var(--link); }
code, pre, .fields { font: .875rem/1.5 ui-monospace, Menlo, Consolas, monospace; }
code, b, ins, del { unicode-bidi: isolate; }
.error, .warning, .note, .accepted { padding: .1em .5em; border-radius: .3em; }
strong.error, strong.warning, strong.note, strong.accepted {
  font-size: .875rem; font-weight: 600; white-space: nowrap;
}
.error { color: var(--error); background: var(--error-ground); }
.warning { color: var(--warning); background: var(--warning-ground); }
.note { color: var(--note); background: var(--note-ground); }
.accepted { color: var(--accepted); background: var(--accepted-ground); }
fieldset {
  display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0; padding: .5rem .75rem;
  border: 1px solid var(--line); border-radius: .5rem;
}
table {
  width: 100%; margin: 1rem 0; border-collapse: collapse; background: var(--card);
  border: 1px solid var(--line);
}
th, td {
  padding: .5rem .75rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top;
}
th { color: var(--quiet); font-size: .875rem; font-weight: 600; overflow-wrap: normal; }
th:first-child { width: 26%; }
th:last-child { width: 28%; }
td span { -webkit-box-decoration-break: clone; box-decoration-break: clone; }
details {
  margin: 1rem 0; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .5rem;
}
summary { cursor: pointer; }
summary h2 { display: inline; }
summary span { color: var(--quiet); }
section { margin: 1rem 0; }
ul { margin: .5rem 0; padding: 0; list-style: none; }
.findings li { margin: .5rem 0; }
.fields li { padding: .1rem 0 .1rem 1.5rem; text-indent: -1rem; }
.fields b { font-weight: 600; }
ins, del { padding: 0 .2em; border-radius: .2em; text-decoration: none; text-indent: 0; }
ins { color: var(--comes); background: var(--comes-ground); }
del { color: var(--goes); background: var(--goes-ground); }
.comes { color: var(--comes); }
.goes { color: var(--goes); }
.drift { padding: .75rem 1rem; border: 1px dashed var(--quiet); border-radius: .5rem; }
pre {
  max-height: 24rem; margin: .5rem 0; padding: .75rem; overflow: auto; white-space: pre-wrap;
  background: var(--ground); border: 1px solid var(--line); border-radius: .5rem;
}
footer, .back { color: var(--quiet); font-size: .875rem; }
details:only-of-type .back { display: none; }
:target { scroll-margin-top: .5rem; }
body:has(#show-changed:checked) .idle, body:has(#show-found:checked) .quiet { display: none; }
@media (max-width: 40rem) {
  body { padding: .75rem; }
  details { padding: .75rem; }
  table, tbody, tr, td { display: block; }
  table { border: 0; background: none; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr {
    margin: .5rem 0; padding: .5rem .75rem; background: var(--card); border: 1px solid var(--line);
    border-radius: .5rem;
  }
  tr.idle { display: flex; gap: .75rem; margin: 0; padding: 0 .75rem; border: 0; background: none; }
  td { padding: .1rem 0; border: 0; }
  td:first-child { font-weight: 600; }
  td:empty { display: none; }
  td:nth-child(n + 3)::before {
    content: attr(data-label) ": "; color: var(--quiet); font-size: .875rem;
  }
}
@media print {
  :root {
    color-scheme: light; --ground: #ffffff; --card: #ffffff; --line: #999999; --ink: #000000;
    --quiet: #444444; --link: #000000; font-size: 10pt;
  }
  body { max-width: none; padding: 0; }
  fieldset, .back { display: none; }
  pre { max-height: none; }
  tr, li, h2, h3, h4 { break-inside: avoid; }
  summary, h2, h3, h4 { break-after: avoid; }
}
"""
