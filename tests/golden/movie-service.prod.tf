# main.tf

data "aws_s3_objects" "iam_state" {
  bucket = "netflux-terraform-state-127549748682"
  prefix = "iam/terraform.tfstate"
}

data "terraform_remote_state" "iam" {
  backend = "s3"
  config = {
    allowed_account_ids = ["127549748682"]
    bucket              = "netflux-terraform-state-127549748682"
    key                 = "iam/terraform.tfstate"
    region              = "us-east-1"
  }

  lifecycle {
    postcondition {
      condition     = can(self.outputs.task_role_arn) && can(self.outputs.execution_role_arn)
      error_message = "movie-service: the stack iam has no roles; deploy it first, with: cd ../iam && terraform init && terraform apply"
    }

    precondition {
      condition     = contains(data.aws_s3_objects.iam_state.keys, "iam/terraform.tfstate")
      error_message = "movie-service: the stack iam has not been deployed; deploy it first, with: cd ../iam && terraform init && terraform apply"
    }
  }
}

resource "aws_cloudwatch_log_group" "log_group" {
  name = "/ecs/movie-service"
}

resource "aws_ecs_task_definition" "task_definition" {
  container_definitions = jsonencode([
    {
      cpu = 0
      environment = [
        {
          name  = "SPRING_PROFILES_ACTIVE"
          value = "prod"
        },
      ]
      essential = true
      image     = "127549748682.dkr.ecr.us-east-1.amazonaws.com/movie-service:latest"
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-create-group"  = "true"
          "awslogs-group"         = "/ecs/movie-service"
          "awslogs-region"        = "us-east-1"
          "awslogs-stream-prefix" = "ecs"
        }
      }
      mountPoints = []
      name        = "movie-service"
      portMappings = [
        {
          containerPort = 8080
          hostPort      = 8080
          protocol      = "tcp"
        },
      ]
      systemControls = []
      volumesFrom    = []
    },
  ])
  cpu                      = "512"
  execution_role_arn       = data.terraform_remote_state.iam.outputs.execution_role_arn
  family                   = "movie-service"
  memory                   = "1024"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  skip_destroy             = true
  task_role_arn            = data.terraform_remote_state.iam.outputs.task_role_arn

  runtime_platform {
    cpu_architecture        = "X86_64"
    operating_system_family = "LINUX"
  }

  depends_on = [aws_cloudwatch_log_group.log_group]
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
    key                 = "movie-service/terraform.tfstate"
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
