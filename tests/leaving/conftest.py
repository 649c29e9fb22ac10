"""The embedded AWS and the project on it are those of the integration tests."""

from tests.local_aws.conftest import _terraform, project

__all__ = ["_terraform", "project"]
