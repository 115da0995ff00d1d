"""Settings. Choose one: `config.settings.dev`, `config.settings.test` or `config.settings.production`."""
