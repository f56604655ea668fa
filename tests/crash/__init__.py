"""The house killed, starved of disk and robbed of its index: what it then answers. Real processes, and no hook in `bot`."""
