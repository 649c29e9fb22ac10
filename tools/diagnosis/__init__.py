"""`python -m tools.diagnosis`: why Terraform cannot work on a stack, and what to do.

Terraform's own messages are long, and lack the cure. So what usually stands in the way is looked
at, only by reading. `tools.plan` and `tools.apply` ask for the stacks that failed; `npx cdktf
deploy`, `diff` and `destroy` ask before they begin and when they have failed.

    looking   whose the credentials are, the state bucket, locks and states
    existing  what a stack would make, and is there already
    with_iam  what the deployed stacks need of iam
    reads     what iam must let services read, and does
"""
