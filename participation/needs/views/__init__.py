"""Notes, the texts to quote from, and needs. Thin: decode with a form, call an action, encode."""
