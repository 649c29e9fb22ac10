"""The review of Terraform plans: what changes, in words, and what a rule has against it.

Its modules:

    index            the plans of the last `plan`
    plan_file        a plan as `terraform show -json` writes it; masked while it is read
    hidden           what is sensitive, by its mark or by its name, and how it is masked
    json_text        JSON that every view can write again
    actions          what happens to a resource
    changed          what changes in it, by one of the next two
    differences      field by field
    task_definition  by its meaning to AWS
    policy           policies as sets of what they grant
    drifted          what was changed outside Terraform
    rules            what is looked for, a module a rule; rules_page writes docs/review.md of them
    settings         severities and acceptances, of pyproject.toml
    checkov          a second opinion
    review           from files to the report
    report           all of it in one model, the rules' answers too
    fingerprint      the meaning of all changes in sixteen characters
    words            the words and numbers that every view shares
    terminal         the views: this one,
    markdown         for a pull request,
    web_page         for a browser, of elements and web_style,
    machine          as JSON,
    sarif            for code scanning
"""
