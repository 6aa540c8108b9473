"""Standard Webhooks as pure functions: what is signed and how, and when to try again."""
