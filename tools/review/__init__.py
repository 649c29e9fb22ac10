"""The review of Terraform plans: what changes, in words, and what a rule has against it.

plan_file       a plan as `terraform show -json` writes it; masked while it is read
hidden          what is sensitive, by its mark or by its name, and how it is masked
differences     what changes in a resource, field by field
task_definition the same for a task definition: by its meaning to AWS
policy          policies as sets of what they grant
rules/          what is looked for, a module a rule
judgement       the rules' answers, with the severities and acceptances of pyproject.toml
report          all of it in one model
words           the words and numbers that every view shares
terminal, markdown, web_page, machine, sarif    the views
fingerprint     the meaning of all changes in sixteen characters
"""
