"""A project that has nothing of ours: modules, for_each, resources that no rule knows."""

FOREIGN_BEFORE = """
locals {
  queues = { orders = 30, mails = 60 }
}

resource "aws_sqs_queue" "queue" {
  for_each                   = local.queues
  name                       = each.key
  visibility_timeout_seconds = each.value
}

resource "aws_dynamodb_table" "table" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "customer"
    type = "S"
  }
  global_secondary_index {
    name            = "by-customer"
    hash_key        = "customer"
    projection_type = "ALL"
  }
}

resource "aws_vpc" "network" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.network.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]
  }
}

resource "terraform_data" "settings" {
  input = { text = jsonencode({ a = 1, b = [1, 2, 3] }), mode = "slow" }
}

resource "aws_ssm_parameter" "mode" {
  count = 2
  name  = "/orders/${count.index}/mode"
  type  = "String"
  value = "slow"
}
"""

FOREIGN_AFTER = (
    FOREIGN_BEFORE.replace("mails = 60", "letters = 90")
    .replace('projection_type = "ALL"', 'projection_type = "KEYS_ONLY"')
    .replace("from_port   = 443", "from_port   = 80")
    .replace('["10.0.0.0/8", "192.168.0.0/16"]', '["0.0.0.0/0", "10.0.0.0/8"]')
    .replace('cidr_block = "10.0.0.0/16"', 'cidr_block = "10.1.0.0/16"')
    .replace('{ a = 1, b = [1, 2, 3] }), mode = "slow"', '{ b = [1, 3], a = 2 }), mode = "fast"')
    .replace("count = 2", "count = 1")
)
