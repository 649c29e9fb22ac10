"""`python -m tools.revisions`: a service's revisions, and the way to deregister the old ones.

A deploy leaves every earlier revision of a task definition ACTIVE, so they pile up.

    revision  what is registered
    uses      what refers to a revision: the state, ECS services, tasks
    pruning   which are deregistered
"""
