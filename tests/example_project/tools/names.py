"""How this team names things."""


def bucket_name(service: str, what: str) -> str:
    return f"kitchen-{service}-{what}"
