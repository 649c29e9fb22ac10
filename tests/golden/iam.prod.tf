# main.tf

resource "aws_iam_role" "execution_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = ""
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  description = "Allows ECS tasks to call AWS services on your behalf."
  name        = "ecs-task-execution-role"
}

resource "aws_iam_role" "task_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = ""
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  description = "Allows ECS tasks to call AWS services on your behalf."
  name        = "netflux-task-role"
}

resource "aws_iam_role_policy_attachment" "execution_role_AmazonECSTaskExecutionRolePolicy" {
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
  role       = aws_iam_role.execution_role.name

  lifecycle {
    replace_triggered_by = [aws_iam_role.execution_role.arn]
  }
}

resource "aws_iam_role_policy_attachment" "task_role_AmazonEC2ContainerServiceRole" {
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceRole"
  role       = aws_iam_role.task_role.name

  lifecycle {
    replace_triggered_by = [aws_iam_role.task_role.arn]
  }
}

resource "aws_iam_role_policy_attachment" "task_role_SecretsManagerReadWrite" {
  policy_arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite"
  role       = aws_iam_role.task_role.name

  lifecycle {
    replace_triggered_by = [aws_iam_role.task_role.arn]
  }
}

# outputs.tf

output "execution_role_arn" {
  value = aws_iam_role.execution_role.arn
}

output "task_role_arn" {
  value = aws_iam_role.task_role.arn
}

# providers.tf

provider "aws" {
  allowed_account_ids = ["127549748682"]
  region              = "us-east-1"
}

# terraform.tf

terraform {
  backend "s3" {
    allowed_account_ids = ["127549748682"]
    bucket              = "netflux-terraform-state-127549748682"
    encrypt             = true
    key                 = "iam/terraform.tfstate"
    region              = "us-east-1"
    use_lockfile        = true
  }

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
