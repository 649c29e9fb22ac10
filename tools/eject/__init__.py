"""`python -m tools.eject`: writes every stack as plain HCL.

Its modules:

    stack          the Terraform JSON of a stack
    providers      their schemas and lock file; shapes: what they say may stand where
    configuration  a stack as files
    expressions    a value as an expression
    templates      strings
    json_text      strings that are JSON
    hcl            the tree of HCL, and its text
    readme         what lies beside the stacks
    place          all of it at once, or nothing
"""
