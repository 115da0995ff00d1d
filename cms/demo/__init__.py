"""The demo municipality: believable Dutch content, told through the same actions as real use. No real persons."""
