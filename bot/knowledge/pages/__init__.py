"""Web pages that somebody saved: from bytes to what the page publishes, its chrome and its own catalogue card apart."""
