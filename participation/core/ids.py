"""Public ids and codes: random, and without letters people mix up."""

import secrets

# No 0/O, 1/I/L, no U (Crockford's reasoning): safe to read out loud and to type from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_public_id() -> str:
    """Twelve characters, about 58 bits: for addresses, not for secrets."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12)).lower()


def new_receipt_code() -> str:
    """Thirteen characters, 63 bits: whoever has it may see what became of one person's input."""
    return "".join(secrets.choice(ALPHABET) for _ in range(13))


def normalise_code(text: str) -> str:
    """What a person typed, as `new_receipt_code` made it: capitals, without blanks, dashes and dots."""
    return "".join(character for character in text.upper() if character.isalnum())


def group_code(code: str) -> str:
    """The code as printed: `ABCD-EFGH-JKMNP`."""
    return "-".join(part for part in (code[:4], code[4:8], code[8:]) if part)
