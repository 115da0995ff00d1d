"""The three screens as pages: decode with a form, call an action, show. They work without a script and without a socket."""
