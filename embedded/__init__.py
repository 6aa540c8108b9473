"""The embedded starter: real PostgreSQL and Valkey from wheels, and the processes of `./concord up`. Standard library
only; nothing in the rooms imports it."""
