"""The commands, `python -m tools.X`, and what they share.

Commands:

    a service         new, render, convert, release, revisions
    deploying         plan, review, apply, adopt
    what went wrong   diagnosis, state
    all stacks        picture, eject, leave
    the embedded AWS  local_aws, demo
    written files     bindings, arguments_page, errors_page, task_definition_model
    making and CI     prerequisites, provider_package, audit, ci, wheel

What they share:

    a command         command_line, refused, ending, version, tables
    files             whole_file, generated_file, target_folder
    services.py       catalogue_file, catalogue_entry, service_test
    AWS and stacks    aws, stack_names, stack_order, terraform_json
    Terraform         terraform, terraform_environment, shared_provider, keeper, provider_front
    npx cdktf         cdktf, cdktf_cli, cdktf_hooks
"""

try:
    import signal
    import sys
except KeyboardInterrupt:  # an import takes time enough for it
    raise SystemExit(130) from None

if sys.argv[0] == "-m" and "-m" in sys.orig_argv:  # one of them is being started
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # it is not in the background
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until there are `last_words`
    from constructs_lib import last_words

    last_words.install(sys.orig_argv[sys.orig_argv.index("-m") + 1].partition(".")[2])
