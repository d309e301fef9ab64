"""The REST side: who asks (`identity`), what they may (`roles`), then one action; see the schema at /api/v1/schema/."""
