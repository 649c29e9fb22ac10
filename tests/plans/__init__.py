"""Plans of real Terraform and the real AWS provider, each with the report that it must give.

python -m tests.plans.record [CASE ...]     records the plans anew
python -m tests.plans.write_reports         writes the reports anew; read the difference
"""
