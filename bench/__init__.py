"""Measures Oogst beside other servers, with a load generator in a process of its own. See README.md."""
