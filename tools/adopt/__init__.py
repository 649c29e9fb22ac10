"""`python -m tools.adopt`: takes over what exists in the account and is in no state yet.

Its modules:

    adoption      one run over the stacks
    code          what the code wants
    state         what is managed already
    live          what exists, a module a service of AWS; asking puts the questions
    looking       what exists beside what is wanted, compared by
    fields        argument by argument,
    definitions   and task definitions as AWS compares them
    showing       what was found, for a person
    entry         what to write in the catalogue to keep what is live
    imports_file  what the next deploy imports
    keeping       what the state must say after it
    from_live     the whole entry of a service that is not in the catalogue
"""
