"""The ways out of CDKTF and of AWS provider 5; docs/leaving-cdktf.md has the whole story."""
