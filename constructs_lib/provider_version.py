"""The AWS provider that the bindings are made from."""

PROVIDER_VERSION = "5.100.0"
"""What cdktf-cdktf-provider-aws 20.1.0 is made from; a test holds the two together."""
