"""Why a message is said, where no rule of the code says it of itself.

By words that the message has. The sources were read 2026-11.
"""

from __future__ import annotations

_IAM = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"
_ECS = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"
_ECR = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html"
_BACKEND = "https://developer.hashicorp.com/terraform/language/backend/s3"

CAUSES = {
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
    "must be an environment of environments.py": "What is said of it would never apply.",
    "must not be given here": "It says which service this is, in all environments.",
    "must name a task definition in JSON": "The cure says what is wrong in the file.",
    "must be a file that can be read": "The path counts from the folder of services.py.",
    "is larger than any task definition": "ECS takes 64 KiB; so much is no definition.",
    "is nested too deeply": "No such file has so many levels.",
    "stands twice in one object": "JSON's readers would silently take one of the two.",
    "is off, so": "The console's walk chose it, and a careful person would narrow it.",
    "is empty, so AWS drops": "Terraform would plan the same change for ever."
    " (terraform-provider-aws#39533)",
    "is none of port_mappings": "Only one of both becomes the task definition's port mappings. A"
    " warning.",
    "is needed on Fargate by": "RegisterTaskDefinition answers: Fargate requires task definition to"
    " have execution role ARN to support ECR images, or log driver awslogs. A warning.",
    "has a '=', so the container": "A variable's name ends at its first '='.",
    "is no id of EFS": "ECS registers any text, and mounts nothing when the task starts.",
    "or no task would start": "The kernel refuses such limits at the container's start. A warning.",
    "is no absolute path": "The container's engine mounts at absolute paths only.",
    "is missing, so no task would start": "ECS registers it, and the container's engine has no"
    " place where it could mount the volume.",
    "is no name that a parameter": "What is no ARN is a parameter of the same region by its name.",
    "looks like the end of a secret": "What is no ARN is a parameter's name, and this one ends as a"
    " secret's ARN does. A warning.",
    "must be of one environment only": "Both would write the same states, or have the same name.",
    "must differ from": "Names of roles are unique in an account.",
    "must leave the role": f"IAM takes 64 characters. [AWS]({_IAM})",
    "must be a policy of the account": "IAM takes no boundary of another account or partition.",
    "'NETFLUX_ENV' must": "This variable says which environment is meant; prod is the default.",
    "must be ENVIRONMENT SERVICE TAG_OR_DIGEST": "A line says which image runs where.",
    "has not been deployed": "A service refers to the roles by the outputs in the state of `iam`.",
    "does not destroy the bucket": "Who destroys it loses what Terraform knows of all stacks.",
    "tasks could not start": "ECS reads these with that role before it starts a task. A warning.",
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
    "plans now have the fingerprint": "What would be applied is not what was reviewed.",
    "is no plan": "Only what `terraform show -json` prints of a plan is reviewed.",
    "is not JSON": "The file is cut off, or something else.",
    "<module> is stale": "botocore is another one than it was written from.",
    "cannot be written": "The system does not let it be written; the reason is its own.",
    "cannot be read": "The system does not let it be read, or it is something else.",
    # Arguments and task definitions
    "must be in lower case, as the repository": "Without `image`, the service's name is its"
    " repository in ECR.",
    "must be what ECR takes for the repository": "Without `image`, the service's name is its"
    f" repository in ECR. [AWS]({_ECR})",
    "must not begin with a hyphen": "A stack is named on the command line, where a hyphen begins an"
    " option.",
    "must be a string (got": "Something else stands there: a number, a list, nothing.",
    "must be an integer (got": f"AWS takes a whole number there. [AWS]({_ECS})",
    "must lie between": f"AWS keeps the number in 32 bits. [AWS]({_ECS})",
    "must be true or false (got": f"AWS takes a truth value there. [AWS]({_ECS})",
    "must be <value> (got": f"AWS knows no other words for it. [AWS]({_ECS})",
    "must be <values> or <value> (got": f"AWS knows no other words for it. [AWS]({_ECS})",
    "must be an object (got": f"AWS takes a structure there. [AWS]({_ECS})",
    "must be a list (got": "A list is taken there, and one thing alone is no list.",
    "must have strings as keys": "JSON has no other keys.",
    "' is required (got nothing)": f"AWS refuses the structure without it. [AWS]({_ECS})",
    "' is not known (got": "AWS has no such key in this structure, and would drop or refuse it."
    f" [AWS]({_ECS})",
    "does not belong here": f"AWS has this key, but in another structure. [AWS]({_ECS})",
    "half a character": "The text was cut within an emoji, say; UTF-8 cannot carry what is left.",
    "<owner>: must be a JSON object": "The file is JSON of something else: a list, or one value.",
    "is not a number that JSON has": "NaN and Infinity are Python's and JavaScript's, not JSON's.",
    "a number has <number of digits> digits": "No number of a task definition is so long.",
    "is not UTF-8 at byte": "The file was saved in another encoding, or is no text.",
    "is neither 'tcp' nor 'udp'": "ECS takes any word there, and says nothing.",
    "looks like a secret in plain text": "Whoever may describe the task definition, or read the"
    " code, the state or a plan, reads this value. What is no secret is named in the service's"
    " `not_secret`.",
    "must be a mapping of names to values": "AWS has a list of names and values there, which"
    " Service writes itself.",
    "must be None where network_mode": "A container without a network has no port that could be"
    " reached. The default is 8080.",
    "must not close a circle": "Each container would wait for another, so that none starts.",
    "must be the log group that the stack makes": "The container writes to a group that nothing"
    " makes before the task starts.",
    "characters in <environment>, where name_prefix": "With prefix and suffix, the name is longer"
    " than AWS takes.",
    "must not be what CDKTF writes for a value": "Text of another run was copied: this marker means"
    " nothing here.",
    "as every family of <environment>": "The definition was registered by another environment.",
    "must map arguments to values": "It says several arguments, each by its name.",
    "must map arguments of Service to values": "It says several arguments, each by its name.",
    "must not say which image runs, as": "images.txt says the image of this service in this"
    " environment; of two, nobody could tell which runs.",
    "must be the name of an AWS managed policy": "The name is mistyped, or newer than the list.",
    # Environments, images.txt
    "'ENVIRONMENTS' must": "environments.py holds a list of Environment entries.",
    "must be an Environment entry": "environments.py holds a list of Environment entries.",
    "must be 1 to 64 letters, digits, hyphens or underscores (got": "The name stands in keys of"
    " states, names of files and NETFLUX_ENV.",
    "'acknowledged' must be a list": "It names the warnings that are known and shall be silent.",
    "'acknowledged[<number>]' must be": "There is no such warning to silence.",
    "'endpoint' must be a URL": "It is where an AWS that is not Amazon's is asked.",
    "'tags' must map strings to strings": "AWS takes text only, as keys and as values.",
    "'image' <rule>": "The third word of the line is no tag and no digest.",
    "'TAG_OR_DIGEST' <rule>": "The last word of the command is no tag and no digest.",
    "must stand once, and is on": "Of two lines, nobody could tell which image runs.",
    # The way to cdktf.out
    "it needs <reason>": "The command is installed without the packages that only it needs.",
    "the disk refused": "The disk is full, or this user may not write there.",
    "the full packages are imported": "The lean bindings could not be read or written.",
    "there is no project": "The folder that `--project` names is not there.",
    "is imported in full, as": "There can be no lean copy of the package, for the reason that is"
    " said: the import names no submodule, or the package or the disk is not as it should be.",
    "is not among the lean bindings": "The import is hidden from who reads the code, and the lean"
    " copy is in use already.",
    "was not seen when the code was read": "The import is hidden from who reads the code: its name"
    " is put together at run time.",
    # tools.adopt and what it leaves
    "'environment' must be <environment>": "The file was written for another environment.",
    "names what is not in the code, so": "The code has changed since the file was written.",
    "no entry keeps what is empty": "AWS drops a variable without a value, and the embedded AWS"
    " keeps it; an entry says nothing that is empty.",
    "in environments.py are on everything": "An environment's tags come from the provider, for each"
    " resource that takes tags.",
    "what it names is imported, and cannot be destroyed": "As long as the file is there, each"
    " deploy imports what it names, and guards that from being destroyed.",
    "is not what tools.adopt writes": "Something else has written or changed the file.",
    "--service and --from-live belong": "One of the two is given without the other.",
    "--service takes over one": "Stacks are named beside the service.",
    "--print is for": "There is nothing to print where all stacks are looked at.",
    "no arguments of Service yield it": "What is live has something that an entry cannot say.",
    "is in services.py already": "A service of the code registers this family.",
    "there is no ACTIVE task definition": "It is mistyped, of another account or region, or"
    " deregistered.",
    "no entry of services.py yields": "What is live has something that an entry cannot say.",
    "would change too": "What is kept must be the only change of its stack.",
    "bucket <name> is in <region>": "A bucket of this name is there already, in another region.",
    "not imported: Terraform would destroy it": "What is live differs in something that AWS cannot"
    " change later.",
    "cannot be looked for": "No question to AWS finds a thing of this type by what the code says.",
    "is in the state, but not in AWS": "Somebody deleted it by hand.",
    "is no state that can be read": "The state file was cut off, or something else wrote it.",
    "has no list SERVICES": "The file makes its catalogue in another way than by such a list.",
    "makes something else of its list": "The file changes the list below it.",
    "has an entry '": "The catalogue has a service of this name.",
    "is not Python that can be read": "There is a mistake in the file.",
    # Planning, reviewing, applying
    "services.py refuses this entry": "A definition may have what an entry may not. A warning.",
    "has neither family nor": "The file is something else, such as what Terraform reads.",
    "was not planned": "The last plan was of other stacks.",
    "could not be planned": "Terraform, or AWS, refused; what it said follows.",
    "which this machine does not have": "It may be of another environment, set in this shell.",
    "will not be let read": "Its secrets went from `iam` with its entry, and it was not destroyed"
    " before. A warning.",
    "may have begun before the roles": "`cdktf deploy` with several names runs them side by side.",
    "has resources in its state": "It left the code before its stack was destroyed.",
    "changed after these plans were made": "The plans are applied as they were reviewed.",
    "must be 16 characters": "It is no fingerprint, or a part of one.",
    "the saved plans are for the environment": "NETFLUX_ENV has changed since.",
    "nothing is applied; do": "The lines above say what is against it.",
    "and <fingerprint> was reviewed": "The code, the state or what is live has changed since the"
    " review, so what would be applied is not what was reviewed.",
    "are applied already": "What is shown is what they changed.",
    "what was reviewed is not there": "Somebody deployed something else meanwhile, and the code now"
    " says that.",
    "its saved plan is used up or gone": "It was applied already, or cdktf.out was cleaned.",
    "stopped": "Ctrl-C was pressed, or the job of CI was ended.",
    "needs --fingerprint": "Without a fingerprint, the saved plans are applied as they are, and"
    " this option would mean nothing.",
    "iam makes other roles": "The roles get another name or path, and the plans of services were"
    " made with those that are there.",
    "iam has other roles now": "`iam` was applied, and the services' plans were made before.",
    "iam has other roles since": "`iam` was applied after the service was planned.",
    "the state has moved on since this plan": "Something else was applied to the stack meanwhile.",
    "was made with another provider process": "One command used the shared provider, the other did"
    " not.",
    "is the review of <found>": "The file is of an earlier or another review.",
    "is no review that can be read": "The file is something else than the review's JSON.",
    "nothing is planned yet": "There is no cdktf.out/plans.json.",
    "Terraform was killed": "By somebody, or by the system for want of memory.",
    "and said nothing": "Terraform ended itself, and told no reason.",
    "is not finished, and until then": "It was imported, and its state does not keep it yet.",
    "is being taken over, and this plan": "The code differs from what is live in something that AWS"
    " cannot change later.",
    "there is no main.py in": "The command was run in another folder.",
    "so nothing was done": "main.py ended with an error, which it has said itself.",
    "which this stack has not made": "It was made by hand, or by a deploy that was interrupted.",
    "stopped at once": "Ctrl-C was pressed a second time.",
    "nobody can approve": "The CLI asks in a terminal only, and its input is none.",
    "which stacks use its roles": "No answer of AWS in time, or a refusal. A warning.",
    "there is no stack '": "The name is mistyped, or its service is not in services.py.",
    "cannot be compared with": "Git, or tar, refused, and said this.",
    "there is no such file": "The file that `--settings` names is not there.",
    "is not an index of plans": "Something else has written or changed the file.",
    "<file>: there is none": "No plan has been made here.",
    "is not text": "It is the saved plan itself, which only Terraform reads.",
    "has no format_version": "It is another JSON than `terraform show -json` prints.",
    "has format_version": "Another version of Terraform wrote it, in a form not known here.",
    "two plans are of one stack": "The name of a plan's folder or file is that of its stack.",
    "tool.netflux.review": "The review's settings in pyproject.toml have another form.",
    # States, locks, revisions
    "the embedded AWS at": "Another project's, or one that was started for another account.",
    "the embedded AWS does not run at": "This environment is the embedded AWS, which is not"
    " started or has ended.",
    "and the state has moved on since": "Terraform kept here what it could not write, and another"
    " apply came before it was pushed.",
    "<service>: nothing is deregistered": "AWS refused, or did not answer.",
    "nothing is deregistered; see": "What is in use is not all known, so anything might be.",
    "not all are deregistered": "AWS refused, or a state could not be trusted, on the way.",
    "<stack>: there is no state": "The stack has never been deployed, or its name is mistyped.",
    "ECS does not tell of": "ECS left something out of its answer, so what is in use is not known.",
    "its state is a file of this project": "The bucket cannot hold the state of itself.",
    "is the deletion at": "S3 keeps a deletion as a version, which has no content.",
    "has no version": "The id is mistyped, or the bucket keeps that version no more.",
    "the state is not locked": "It was released meanwhile.",
    "the lock is another by now": "It was released, and something else works on the stack.",
    "terraform <command> did not work": "Terraform could not import what had been made.",
    # Other commands
    "NOT CHECKED": "PyPI or npm did not answer, or does not know a package.",
    "must have both": "An advisory is accepted by its id, and for a reason.",
    "docs/arguments.md is stale": "The code has changed since the page was written.",
    "docs/review.md is stale": "The code has changed since the page was written.",
    "the variable <name> is not set": "The command is for a job of the workflows, which set it.",
    "GitHub did not answer": "GitHub refused, or could not be reached.",
    "came by no pull request": "It was pushed to the branch directly.",
    "no review of <head> is kept": "The workflow's artefact has expired, or was never made.",
    "the review of <head> is not whole": "The workflow's artefact lacks a file.",
    "must be a number from": "It is no whole number, or too small.",
    "' ended with exit code": "Terraform or the cdktf CLI failed; what it said follows.",
    "the embedded AWS has ended before": "Its process was killed, or failed.",
    "has no known way into HCL": "The stack has a block that no stack of this project has.",
    "no folder is named": "The name of the folder is empty.",
    "a folder must be named": "The name of the folder is empty.",
    "is a file; name a folder": "There is a file where the folder has to be.",
    "is a mount point": "The folder is written beside, and takes its place at the end.",
    "is not empty, and nothing in it is written over": "The folder has files already.",
    "is not empty, and not a copy": "The folder has files that this command did not write.",
    "is no Git work tree": "Git lists the project's files, and this folder is not under Git.",
    "git, which lists the files": "Git is not installed.",
    "this project is on cdktn": "No way leads back to the older packages.",
    "as of the server that runs since": "A server that runs already serves with its own options.",
    "must be a port of 127.0.0.1 that is free": "Another process listens there, or ports below 1024"
    " are not yours.",
    "must be 1 to 65535": "There are no other ports.",
    "must be more than 0": "The server would end at once.",
    "the server ended as soon as": "Its own log says why.",
    "the server did not end": "It hangs.",
    "the embedded AWS needs": "It is made of packages that are not installed for this Python.",
    "the server did not answer within": "The machine is busy, or the server hangs.",
    "before it answered": "The server failed at its start; its log says why.",
    "in more than - and _": "A test's file has _ for each - of the name.",
    "must be a number, or a string with": "A size is 256 or '.25 vCPU', 512 or '0.5 GB'.",
    "must be of the class": "Something of another class stands there, or no class at all.",
    "begins with neither 'CMD'": "AWS takes CMD or CMD-SHELL for the first word. A warning.",
    "too, so no task would start": "Docker mounts one volume at a place. A warning.",
    "has capital letters, so no": "No registry has capital letters in a repository's name. A"
    " warning.",
    "must be the name of a service (got": "No name is given.",
    "is there already, and is another": "Nothing that somebody wrote is written over.",
    "--check needs": "Without a page there is nothing to compare with.",
    "is nested deeper than can be read": "A value of the stack has hundreds of levels.",
    "and Mermaid draws": "GitHub and others leave such a picture out."
    " [Mermaid](https://mermaid.js.org/config/schema-docs/config.html)",
    "must have one line": "The picture goes between these two lines, and nowhere else.",
    "the picture in <file> is stale": "The code has changed since it was drawn.",
    "is no text in UTF-8": "The file was saved in another encoding, or is no text.",
    "has no manifest.json": "The folder is not what `cdktf synth` wrote.",
    "names no stacks": "The manifest is not as `cdktf synth` writes it.",
    "has no stack": "The app makes none.",
    "does not say where": "The manifest is not as `cdktf synth` writes it.",
    "is HCL": "Only JSON is read.",
    "is JSON, but no object": "The file is not as `cdktf synth` writes it.",
    "is no whole JSON": "The file is cut off, or something else.",
    "is no Terraform JSON": "An escape hatch wrote something else into it than Terraform reads.",
    "there is something else where": "An escape hatch wrote something else than Terraform reads.",
    "Python 3.10 or later": "The Python that was called is older.",
    "it has no folder to go to": "No mirror of this machine has the provider, and none is named.",
}


def cause_of(said: str) -> str:
    """The cause of the message that has the words, of several the longest; "" without any."""
    known = [words for words in CAUSES if words in said]
    return CAUSES[max(known, key=len)] if known else ""
