"""Why a message is said, where neither a rule nor a docstring of the code tells a user.

By words that the message has. The sources were read 2026-11.
"""

from __future__ import annotations

_IAM = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"
_ECS = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"
_BACKEND = "https://developer.hashicorp.com/terraform/language/backend/s3"

CAUSES = {
    "nothing half-written": "The disk is full or may not be written, or Node could not write.",
    "must be Python that runs": "The file was imported, and Python ended with this error.",
    ".py: was not found": "It is imported from the project's folder.",
    "must be given (got nothing)": "It has no default, and nothing else can tell it.",
    "takes no value without a name": "All arguments are given by name, so that none is mistaken.",
    "is no argument of": "A name that is not known would be lost without a word.",
    "was not written, as": "What was there before is still there, whole.",
    "must be of one service only": "Two services of one name would be one stack, one task"
    " definition or one log group.",
    "must be a service of services.py": "The catalogue has no entry of that name.",
    "'SERVICES' must": "services.py holds the catalogue: a list of Service entries.",
    "must not hold itself": "A definition that contains itself has no end.",
    "must be 1 to 255 letters, digits, hyphens": f"ECS takes no other name. [AWS]({_ECS})",
    "must be 1 to 64 letters, digits or +=": f"IAM takes no other name of a role. [AWS]({_IAM})",
    "must be a path that begins and ends with /": f"IAM takes no other path. [AWS]({_IAM})",
    "must be the ARN of an IAM policy": f"IAM takes no other boundary. [AWS]({_IAM})",
    "must be 3 to 63 lower-case": "S3 takes no other name. [AWS](https://docs.aws.amazon.com/"
    "AmazonS3/latest/userguide/bucketnamingrules.html)",
    "must be 12 digits": "An AWS account is 12 digits, and a number would lose a leading zero."
    " [AWS](https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html)",
    "must be an AWS region": "The provider and the state bucket are asked for in this region.",
    "must be letters, digits, hyphens or underscores, which": "It becomes a part of these names.",
    "must be a repository as OWNER/NAME": "CI's roles trust the workflows of this repository.",
    "must be 1 to 512 letters": "CloudWatch Logs takes no other name of a log group.",
    "must not be the id of a stack": "Each stack has a name, a folder and a state of its own.",
    "JavaScript has taken": "CDKTF keeps the stacks in an object of JavaScript by their names.",
    "must not stand beside image_tag": "Of a tag and a digest, nobody could tell which runs.",
    "must be a repository alone": "Of two tags or digests, nobody could tell which runs.",
    "must be an image tag": "Registries take no other tag; the repository is another argument.",
    "must be sha256:": "A digest is a SHA-256 sum; registries know no image by a part of it.",
    "must not have a scheme": "An image is named by its registry, without https://.",
    "must be letters, digits or the characters _ .": "No other character is in an image's name.",
    "must be the ARN of a KMS key": "The execution role may decrypt with exactly these keys.",
    "a number of days that CloudWatch Logs takes": "CloudWatch Logs keeps logs for these only."
    " [AWS](https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"
    "API_PutRetentionPolicy.html)",
    "log_retention_days' must not be given": "There is no log group that it could be of.",
    "must be True or False": "Another value would count as true without a word.",
    "must be known at synth, so": "The IAM stack is deployed before Terraform knows the value.",
    "must be a role that may read": "The task would not start: ECS reads secrets by that role.",
    "must map an environment": "`per_environment` gives arguments of their own to environments.",
    "must be an environment of environments.py": "It would never apply.",
    "must not be given here": "It says which service this is, in all environments.",
    "must name a task definition in JSON": "The cure says what is wrong in the file.",
    "must be a file that can be read": "The path counts from the folder of services.py.",
    "is larger than any task definition": "ECS takes 64 KiB; so much is no definition.",
    "is nested too deeply": "No such file has so many levels.",
    "stands twice in one object": "JSON's readers would silently take one of the two.",
    "is off, so": "The console's walk chose it, and a careful person would narrow it.",
    "is empty, so AWS drops": "Terraform would plan the same change for ever."
    " (terraform-provider-aws#39533)",
    "must be of one environment only": "Both would write the same states, or have the same name.",
    "must differ from": "Names of roles are unique in an account.",
    "must leave the role": f"IAM takes 64 characters. [AWS]({_IAM})",
    "must be a policy of the account": "IAM takes no boundary of another account or partition.",
    "'NETFLUX_ENV' must": "This variable says which environment is meant; prod is the default.",
    "must be ENVIRONMENT SERVICE TAG_OR_DIGEST": "A line says which image runs where.",
    "has not been deployed": "A service refers to the roles by the outputs in the state of `iam`.",
    "has no roles": "The state of `iam` is there, without the outputs that name the roles.",
    "AWS does not answer": "No connection, or no answer in time.",
    "credentials were not taken": "There are none, they have expired, or AWS refuses them.",
    "credentials belong to the account": "What is planned for one account must not go to another.",
    "the state bucket": f"Terraform keeps the states in it. [Terraform]({_BACKEND})",
    "the state is locked": "Another Terraform works on it, or one was killed and left its lock.",
    "a state could not be written": "Terraform kept what it could not write on this machine.",
    "is not a whole state file": "It was cut off, or something else wrote it.",
    "was replaced at": "Terraform would plan what exists already.",
    "was deleted at": "Terraform would take it for none, and make everything anew.",
    "was not found on the PATH": "The shell finds no such program.",
    "is version": "Locks of states in S3 without a table are stable from 1.11 on.",
    "cannot be compared with": "Git, or main.py at that revision, does not work.",
    "plans now have the fingerprint": "What would be applied is not what was reviewed.",
    "is no plan": "Only what `terraform show -json` prints of a plan is reviewed.",
    "is not JSON": "The file is cut off, or something else.",
    "<module> is stale": "botocore is another one than it was written from.",
    "cannot be written": "The system does not let it be written; the reason is its own.",
    "cannot be read": "The system does not let it be read, or it is something else.",
}


def cause_of(said: str) -> str | None:
    """The cause of the message that has the words, of several the first."""
    return next((cause for words, cause in CAUSES.items() if words in said), None)
