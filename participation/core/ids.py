"""Public ids and codes: random, and without letters people mix up."""

import secrets

# No 0/O, 1/I/L, no U (Crockford's reasoning): safe to read out loud and to type from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_public_id() -> str:
    """Twelve characters, about 58 bits: for addresses, not for secrets."""
    return _letters(12).lower()


def new_receipt_code() -> str:
    """Thirteen characters, 63 bits: whoever has it may see what became of one person's input."""
    return _letters(13)


def normalise_code(text: str) -> str:
    """What a person typed, as `new_receipt_code` made it: capitals, without blanks, dashes and dots."""
    return "".join(character for character in text.upper() if character.isalnum())


def group_code(code: str) -> str:
    """The code as printed: `ABCD-EFGH-JKMNP`."""
    return "-".join(part for part in (code[:4], code[4:8], code[8:]) if part)


def _letters(count: int) -> str:
    """Each letter as likely as any other. `secrets.choice` would ask the system for each of them."""
    found = ""
    while len(found) < count:
        # 240 is the largest multiple of the alphabet's 30 letters in a byte.
        found += "".join(
            ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(count + 4) if byte < 240
        )
    return found[:count]
