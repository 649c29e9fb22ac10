"""What the review looks for, a module a rule."""

from tools.review.rules import (
    broad_managed_policy,
    container_privileged,
    drift,
    log_group_destroyed,
    logging_lost,
    mutable_tag,
    permissions_gained,
    plain_secret,
    revision_deregistered,
    role_renamed,
    size_jump,
    state_bucket_destroyed,
    trust_widened,
    wildcard_action,
    wildcard_resource,
)
from tools.review.rules.rule import Rule

RULES: dict[str, Rule] = {
    module.RULE.id: module.RULE
    for module in (
        log_group_destroyed,
        state_bucket_destroyed,
        revision_deregistered,
        role_renamed,
        trust_widened,
        permissions_gained,
        wildcard_action,
        wildcard_resource,
        broad_managed_policy,
        mutable_tag,
        plain_secret,
        container_privileged,
        logging_lost,
        size_jump,
        drift,
    )
}
